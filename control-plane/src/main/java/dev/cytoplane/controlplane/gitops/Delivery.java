package dev.cytoplane.controlplane.gitops;

import java.time.Instant;
import java.util.Set;
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

    /** Projects whose file would be another tool's: kustomize takes the one for its own, Flux leaves the other out. */
    private static final Set<String> TAKEN = Set.of("kustomization", "cloudbuild");

    /** Where in the repository a project's cell is. */
    String file(String project) {
        return inDirectory(project + (TAKEN.contains(project) ? ".cell.yaml" : ".yaml"));
    }

    /**
     * A page that stays when the last cell goes. Git knows no empty directory, and a tool that finds none fails instead of
     * removing what was in it.
     */
    String page() {
        return inDirectory("README.md");
    }

    String pageText() {
        return """
                # Cells of %s

                What is to run in the environment %s of %s, written by Cytoplane.

                This page keeps the directory when nothing runs any more: what delivers from here then finds it empty, and not missing.
                It is written once; what it says may be changed.
                """.formatted(environment, environment, organization);
    }

    private String inDirectory(String name) {
        return (directory.equals(".") ? "" : directory + "/") + name;
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
