package dev.cytoplane.controlplane.gitops;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an environment's cells are written to, and how that goes.
 *
 * @param directory {@code .} for the root of the repository
 * @param sealedCredentials see {@link DeliveryCredentials}
 * @param nextLookAt null while it is looked at
 * @param attempts looks that failed, one after the other
 * @param lastError why the last look failed, in a sentence; null when it did not
 * @param lookedAt the last look that succeeded
 * @param tip the branch's commit then
 */
record Delivery(
        UUID organizationId,
        UUID environmentId,
        String organization,
        String environment,
        String url,
        String branch,
        String directory,
        byte @Nullable [] sealedCredentials,
        DeliveryMode mode,
        DriftPolicy onDrift,
        @Nullable Instant nextLookAt,
        int attempts,
        @Nullable String lastError,
        @Nullable Instant lookedAt,
        @Nullable String tip,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** Where in the repository a project's cell is. */
    String file(String project) {
        return (directory.equals(".") ? "" : directory + "/") + project + ".yaml";
    }

    /** The branch's full name. */
    String ref() {
        return "refs/heads/" + branch;
    }

    /** The path under which audit and events know it. */
    String path() {
        return organization + "/environments/" + environment + "/delivery";
    }
}
