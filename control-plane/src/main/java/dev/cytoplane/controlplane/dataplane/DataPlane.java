package dev.cytoplane.controlplane.dataplane;

import dev.cytoplane.controlplane.concurrency.Versioned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registered place that runs cells.
 *
 * @param domain the domain under which public addresses of its cells lie
 * @param runtime local or kubernetes; null until it has joined
 */
public record DataPlane(
        UUID id,
        String name,
        String domain,
        @Nullable String runtime,
        boolean joined,
        @Nullable Instant lastSeenAt,
        Instant createdAt,
        Instant updatedAt,
        long version)
        implements Versioned {}
