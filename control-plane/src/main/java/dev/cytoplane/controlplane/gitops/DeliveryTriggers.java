package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes the next look sooner when a cell has changed. Losing an event costs the wait until the next look, no more. */
@Component
class DeliveryTriggers implements EventHandler {

    private final DeliveryQueue queue;
    private final DeliveryWorkers workers;

    DeliveryTriggers(DeliveryQueue queue, DeliveryWorkers workers) {
        this.queue = queue;
        this.workers = workers;
    }

    @Override
    public Set<String> types() {
        return Set.of("cell.changed", "cell.deleted", "cell.healing-asked", "environment.delivery-set");
    }

    @Override
    public void handle(Event event) {
        UUID environment = event.data().get("environmentId") instanceof String text ? UUID.fromString(text) : null;
        queue.due(event.organizationId(), environment);
        workers.takeDue();
    }
}
