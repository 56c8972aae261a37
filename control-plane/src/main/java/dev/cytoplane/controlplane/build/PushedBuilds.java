package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.build.log.BuildLogs.Chunk;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.PushListener;
import dev.cytoplane.controlplane.source.PushTerminal;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Builds what is pushed to a component's branch, and lets the pusher read along up to the address where it answers. */
@Component
class PushedBuilds implements PushListener {

    private final Builds builds;
    private final BuildFollower follower;
    private final DeploymentFollower deployments;
    private final Tenancy tenancy;

    PushedBuilds(Builds builds, BuildFollower follower, DeploymentFollower deployments, Tenancy tenancy) {
        this.builds = builds;
        this.follower = follower;
        this.deployments = deployments;
        this.tenancy = tenancy;
    }

    @Override
    public void pushed(Push push, PushTerminal terminal) {
        ComponentSource source = push.source();
        if (!push.branch().equals(source.branch())) {
            terminal.say("No build was started: this component is built from the branch %s, and this is %s."
                    .formatted(source.branch(), push.branch()));
            return;
        }
        ComponentScope scope = source.scope();
        Build build = tenancy.in(
                scope.organizationId(),
                () -> builds.queue(new Builds.Request(
                        scope,
                        Trigger.PUSH,
                        push.commit(),
                        push.branch(),
                        false,
                        push.caller().username())));
        terminal.say("");
        terminal.say("-----> Building %s of %s".formatted(push.commit().substring(0, 12), scope.path()));
        try {
            follow(source, build, terminal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(ComponentSource source, Build build, PushTerminal terminal)
            throws IOException, InterruptedException {
        Optional<Build> last = follower.follow(build, 0, build.version(), new Lines(terminal));
        if (last.isEmpty()) {
            // Ctrl-C in the terminal, or the platform stops. The build is done all the same.
            terminal.say("-----> The build goes on; `cyto list builds %s` tells how it ends."
                    .formatted(source.scope().component()));
            return;
        }
        Build ended = last.get();
        switch (ended.status()) {
            case SUCCEEDED -> deployments.follow(source, ended, terminal);
            case CANCELLED -> terminal.say("-----> The build was cancelled.");
            case FAILED -> terminal.say("-----> The build failed. The commit is kept; push a better one.");
            case QUEUED, RUNNING -> throw new IllegalStateException("A build that was followed to its end has one");
        }
        terminal.say("");
    }

    private record Lines(PushTerminal terminal) implements BuildFollower.Reader {

        @Override
        public boolean isOpen() {
            return terminal.isOpen();
        }

        @Override
        public void log(Chunk chunk) {
            chunk.text().lines().forEach(line -> terminal.say("       " + line));
        }

        @Override
        public void state(Build build) {
            if (build.status() == BuildStatus.QUEUED) {
                terminal.say("       Waiting for a free builder.");
            }
        }
    }
}
