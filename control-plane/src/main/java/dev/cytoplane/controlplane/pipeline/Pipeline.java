package dev.cytoplane.controlplane.pipeline;

import dev.cytoplane.controlplane.concurrency.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An order of environments.
 *
 * @param stages names of environments; a release is deployed to the first, and promoted from each to the next
 */
public record Pipeline(UUID id, String name, List<String> stages, Instant createdAt, Instant updatedAt, long version)
        implements Versioned {

    /** The pipeline of an organization that named no other. */
    public static final String DEFAULT = "default";

    public String first() {
        return stages.getFirst();
    }

    /** The stage that a release must be live in before it may come to the given one. Empty for the first stage. */
    public Optional<String> before(String stage) {
        int position = stages.indexOf(stage);
        return position < 1 ? Optional.empty() : Optional.of(stages.get(position - 1));
    }
}
