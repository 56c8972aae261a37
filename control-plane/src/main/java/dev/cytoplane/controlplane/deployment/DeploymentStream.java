package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import dev.cytoplane.controlplane.stream.Feed;
import dev.cytoplane.controlplane.stream.Reader;
import dev.cytoplane.controlplane.stream.Streams;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Deployments as server-sent events. The id of an event is the deployment's version, so a reader that comes back with
 * Last-Event-ID hears only what is newer. It always sees the latest state, and may miss one in between.
 */
@Component
class DeploymentStream implements EventHandler {

    private static final Duration LIFE = Duration.ofMinutes(30);

    private final Deployments deployments;
    private final Streams streams;
    private final Tenancy tenancy;

    DeploymentStream(Deployments deployments, Streams streams, Tenancy tenancy) {
        this.deployments = deployments;
        this.streams = streams;
        this.tenancy = tenancy;
    }

    /** @param after the version that the reader has seen; 0 for none */
    SseEmitter follow(UUID organizationId, UUID deployment, long after) {
        return streams.open(deployment, LIFE, new Following(organizationId, deployment, after));
    }

    @Override
    public Set<String> types() {
        return Set.of("deployment.status");
    }

    @Override
    public void handle(Event event) {
        if (event.data().get("id") instanceof String deployment) {
            streams.wake(UUID.fromString(deployment));
        }
    }

    private final class Following implements Feed {

        private final UUID organizationId;
        private final UUID deployment;
        private long sent;

        Following(UUID organizationId, UUID deployment, long after) {
            this.organizationId = organizationId;
            this.deployment = deployment;
            this.sent = after;
        }

        @Override
        public boolean tell(Reader reader) throws IOException {
            Optional<Deployment> found = tenancy.in(organizationId, () -> deployments.get(deployment));
            if (found.isEmpty()) {
                return false;
            }
            Deployment now = found.get();
            if (now.version() > sent) {
                sent = now.version();
                reader.event(Long.toString(sent), "status", DeploymentController.DeploymentView.of(now));
            }
            return !now.status().isSettled();
        }
    }
}
