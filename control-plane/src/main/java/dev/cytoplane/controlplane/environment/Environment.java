package dev.cytoplane.controlplane.environment;

import dev.cytoplane.controlplane.concurrency.Versioned;
import java.time.Instant;
import java.util.UUID;

/**
 * A place for cells.
 *
 * @param dataPlane the data plane that runs its cells
 * @param production whether what runs there serves customers
 */
public record Environment(
        UUID id, String name, String dataPlane, boolean production, Instant createdAt, Instant updatedAt, long version)
        implements Versioned {}
