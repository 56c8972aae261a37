package dev.cytoplane.controlplane.cell;

import java.util.UUID;

/** A project in an environment. */
public record CellRef(UUID organizationId, UUID projectId, UUID environmentId) {}
