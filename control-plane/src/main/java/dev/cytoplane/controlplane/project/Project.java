package dev.cytoplane.controlplane.project;

import dev.cytoplane.controlplane.concurrency.Versioned;
import java.time.Instant;
import java.util.UUID;

/**
 * A bounded context that one team owns.
 *
 * @param pipeline the pipeline that its components move along
 */
public record Project(
        UUID id,
        String name,
        String displayName,
        String description,
        String pipeline,
        Instant createdAt,
        Instant updatedAt,
        long version)
        implements Versioned {}
