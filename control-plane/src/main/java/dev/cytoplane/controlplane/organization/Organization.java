package dev.cytoplane.controlplane.organization;

import dev.cytoplane.controlplane.concurrency.Versioned;
import java.time.Instant;
import java.util.UUID;

/** A tenant. */
public record Organization(UUID id, String name, String displayName, Instant createdAt, Instant updatedAt, long version)
        implements Versioned {}
