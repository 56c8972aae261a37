package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.build.log.Signals;
import dev.cytoplane.controlplane.deployment.Deployment;
import dev.cytoplane.controlplane.deployment.Deployments;
import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.PushTerminal;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Tells a pusher how the deployment of what was just built goes on. */
@Component
class DeploymentFollower implements EventHandler {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration UNTIL_CREATED = Duration.ofSeconds(20);
    private static final Duration UNTIL_SETTLED = Duration.ofMinutes(5);

    private final Deployments deployments;
    private final Signals signals;
    private final Tenancy tenancy;

    DeploymentFollower(Deployments deployments, Signals signals, Tenancy tenancy) {
        this.deployments = deployments;
        this.signals = signals;
        this.tenancy = tenancy;
    }

    @Override
    public Set<String> types() {
        return Set.of("deployment.created", "deployment.status");
    }

    @Override
    public void handle(Event event) {
        if (event.data().get("componentId") instanceof String component) {
            signals.signal(UUID.fromString(component), true);
        }
    }

    void follow(ComponentSource source, Build build, PushTerminal terminal) throws InterruptedException {
        String release = Objects.requireNonNull(build.release());
        if (!source.autoDeploy()) {
            terminal.say("-----> %s is ready. This component is not deployed by itself.".formatted(release));
            return;
        }
        UUID component = source.scope().componentId();
        long start = System.nanoTime();
        String said = "";
        try (Signals.Subscription changes = signals.subscribe(component)) {
            while (changes.isOpen() && terminal.isOpen()) {
                Optional<Deployment> found = find(source, build);
                long waited = System.nanoTime() - start;
                if (found.isEmpty() && waited > UNTIL_CREATED.toNanos()) {
                    terminal.say("-----> %s is ready, and nothing deploys it: the project's pipeline has no stage."
                            .formatted(release));
                    return;
                }
                if (found.isPresent()) {
                    Deployment deployment = found.get();
                    said = tell(deployment, said, terminal);
                    if (deployment.status().isSettled()) {
                        return;
                    }
                    if (waited > UNTIL_SETTLED.toNanos()) {
                        terminal.say("       It goes on without you: `cyto list deployments %s` tells how it ends."
                                .formatted(source.scope().component()));
                        return;
                    }
                }
                changes.await(LOOK);
            }
        }
    }

    private Optional<Deployment> find(ComponentSource source, Build build) {
        try {
            return tenancy.in(source.scope().organizationId(), () -> deployments.builtBy(build.id()));
        } catch (DataAccessException | TransactionException e) {
            return Optional.empty(); // The database is away for a moment: the next look will tell.
        }
    }

    /** @return what was said now, so that it is said once */
    private static String tell(Deployment deployment, String said, PushTerminal terminal) {
        String state = deployment.status() + " " + deployment.message();
        if (state.equals(said)) {
            return said;
        }
        if (said.isEmpty()) {
            terminal.say("-----> Deploying %s to %s".formatted(deployment.release(), deployment.environment()));
        }
        switch (deployment.status()) {
            case PENDING, PROGRESSING -> terminal.say("       " + deployment.message());
            case LIVE -> {
                terminal.say("-----> %s is live in %s".formatted(deployment.release(), deployment.environment()));
                deployment.urls().forEach(url -> terminal.say("       live at " + url));
            }
            case FAILED -> terminal.say("-----> The deployment failed: " + deployment.message());
            case SUPERSEDED -> terminal.say("-----> Another deployment took its place.");
            case REMOVED -> terminal.say("-----> The component was taken out of " + deployment.environment() + ".");
        }
        return state;
    }
}
