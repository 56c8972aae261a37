package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What was built goes to the first stage of its pipeline, when its component says so. */
@Component
class AutoDeploy implements EventHandler {

    private final Deployments deployments;
    private final Places places;

    AutoDeploy(Deployments deployments, Places places) {
        this.deployments = deployments;
        this.places = places;
    }

    @Override
    public Set<String> types() {
        return Set.of("build.finished");
    }

    @Override
    public void handle(Event event) {
        if (event.data().get("release") instanceof String release
                && event.data().get("buildId") instanceof String build
                && event.data().get("componentId") instanceof String component) {
            places.component(UUID.fromString(component))
                    .filter(Places.Component::autoDeploy)
                    .ifPresent(it -> deployments.deployBuilt(it.scope(), UUID.fromString(build), release));
        }
    }
}
