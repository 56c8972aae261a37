package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import dev.cytoplane.controlplane.problem.Problem;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What failed is replaced by what is still live, when its component says so. */
@Component
class AutoRollback implements EventHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AutoRollback.class);

    private final Deployments deployments;
    private final Places places;

    AutoRollback(Deployments deployments, Places places) {
        this.deployments = deployments;
        this.places = places;
    }

    @Override
    public Set<String> types() {
        return Set.of("deployment.status");
    }

    @Override
    public void handle(Event event) {
        if (DeploymentStatus.FAILED.name().equals(event.data().get("status"))
                && event.data().get("id") instanceof String id
                && event.data().get("componentId") instanceof String component) {
            places.component(UUID.fromString(component))
                    .filter(Places.Component::autoRollback)
                    .ifPresent(it -> rollBack(it, UUID.fromString(id)));
        }
    }

    private void rollBack(Places.Component component, UUID failed) {
        try {
            deployments.rollBackFailed(component.scope(), failed);
        } catch (Problem refusal) {
            LOG.info("{} cannot go back by itself: {}", component.scope().path(), refusal.detail());
        }
    }
}
