package dev.cytoplane.controlplane.build;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run that turns a commit into a release.
 *
 * @param commit null until it is known: a branch of an outside repository is looked up when the build runs
 * @param branch null for a build of a given commit
 * @param force builds although a release of equal inputs is there
 * @param builder which builder was chosen
 * @param attempt counts the runs; more than one when a control plane was lost meanwhile
 * @param error why it failed, for the component's authors
 * @param release what came out
 * @param version counts the changes of this record
 */
public record Build(
        UUID id,
        UUID organizationId,
        UUID componentId,
        BuildStatus status,
        @Nullable String commit,
        @Nullable String branch,
        Trigger trigger,
        boolean force,
        @Nullable String builder,
        int attempt,
        List<Stage> stages,
        @Nullable String error,
        @Nullable String release,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long version) {}
