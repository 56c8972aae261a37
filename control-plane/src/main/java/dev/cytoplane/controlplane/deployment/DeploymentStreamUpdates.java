package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Wakes those who follow a deployment. */
@Component
class DeploymentStreamUpdates implements EventHandler {

    private final DeploymentStream stream;

    DeploymentStreamUpdates(DeploymentStream stream) {
        this.stream = stream;
    }

    @Override
    public Set<String> types() {
        return Set.of("deployment.status");
    }

    @Override
    public void handle(Event event) {
        stream.changed(event);
    }
}
