package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.release.Release;
import dev.cytoplane.controlplane.release.ReleaseInput;
import dev.cytoplane.controlplane.release.Releases;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.Sources;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How builds end: the release, the build's last state, its audit entry and its event are one transaction. */
@Component
class BuildEnd {

    private final Releases releases;
    private final Sources sources;
    private final Audit audit;
    private final Outbox outbox;

    BuildEnd(Releases releases, Sources sources, Audit audit, Outbox outbox) {
        this.releases = releases;
        this.sources = sources;
        this.audit = audit;
        this.outbox = outbox;
    }

    void succeed(ComponentSource source, Progress progress, ReleaseInput input) {
        succeed(source.scope(), progress, () -> releases.register(input));
    }

    /** With a release of equal inputs that was there before. */
    void succeed(ComponentSource source, Progress progress, Release known) {
        succeed(source.scope(), progress, () -> known);
    }

    private void succeed(ComponentScope scope, Progress progress, Supplier<Release> release) {
        progress.end(Stage.Name.RELEASE);
        progress.finish(
                () -> {
                    String id = release.get().id();
                    progress.say("Release " + id + ".");
                    return new Progress.Ending(BuildStatus.SUCCEEDED, null, id);
                },
                build -> announce(scope, build));
    }

    void end(ComponentScope scope, Progress progress, BuildStatus status, @Nullable String error) {
        progress.finish(() -> new Progress.Ending(status, error, null), build -> announce(scope, build));
    }

    /** In the transaction of a build's end. */
    void announce(Build build) {
        sources.find(build.componentId()).ifPresent(source -> announce(source.scope(), build));
    }

    private void announce(ComponentScope scope, Build build) {
        audit.record(scope.organizationId(), "build.finished", scope.path(), Builds.describe(build));
        outbox.publish(scope.organizationId(), "build.finished", scope.path(), Builds.describe(build));
    }
}
