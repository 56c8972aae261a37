package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.concurrency.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A build, as the API tells it.
 *
 * @param commit null until a branch of an outside repository was looked up
 * @param attempt counts its runs; more than one when a control plane was lost meanwhile
 * @param error why it failed, for the component's authors
 * @param release {@code r-<12 hex digits>}, when it succeeded
 * @param deployment the deployment to the pipeline's first environment that it led to by itself
 */
record BuildView(
        UUID id,
        BuildStatus status,
        @Nullable String commit,
        @Nullable String branch,
        Trigger trigger,
        @Nullable String builder,
        int attempt,
        List<Stage> stages,
        @Nullable String error,
        @Nullable String release,
        @Nullable UUID deployment,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long version)
        implements Versioned {

    static BuildView of(Build build, @Nullable UUID deployment) {
        return new BuildView(
                build.id(),
                build.status(),
                build.commit(),
                build.branch(),
                build.trigger(),
                build.builder(),
                build.attempt(),
                build.stages(),
                build.error(),
                build.release(),
                deployment,
                build.createdBy(),
                build.createdAt(),
                build.updatedAt(),
                build.startedAt(),
                build.finishedAt(),
                build.version());
    }
}
