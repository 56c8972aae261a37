package dev.cytoplane.controlplane.cell;

import java.time.Instant;

/**
 * A cell that runs elsewhere than its environment says.
 *
 * @param dataPlane where the project's cell of this environment runs
 */
record Placement(String environment, String dataPlane, Instant createdAt) {}
