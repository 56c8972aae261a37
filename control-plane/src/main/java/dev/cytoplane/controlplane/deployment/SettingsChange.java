package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import dev.cytoplane.controlplane.problem.Problem;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** New settings or secrets take effect by a deployment of what is desired already. */
@Component
class SettingsChange implements EventHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsChange.class);

    private final Deployments deployments;
    private final Places places;

    SettingsChange(Deployments deployments, Places places) {
        this.deployments = deployments;
        this.places = places;
    }

    @Override
    public Set<String> types() {
        return Set.of("configuration.changed", "secret.changed");
    }

    @Override
    public void handle(Event event) {
        UUID component = UUID.fromString(String.valueOf(event.data().get("componentId")));
        String environment = String.valueOf(event.data().get("environment"));
        String what = event.type().equals("secret.changed")
                ? "The secret " + event.data().get("secret") + " changed."
                : "The configuration changed.";
        try {
            places.component(component).ifPresent(it -> deployments.refresh(it.scope(), environment, what));
        } catch (Problem refusal) {
            // A required setting was taken away, say: what runs goes on with what it has.
            LOG.info("The settings of {} in {} cannot take effect: {}", event.subject(), environment, refusal.detail());
        }
    }
}
