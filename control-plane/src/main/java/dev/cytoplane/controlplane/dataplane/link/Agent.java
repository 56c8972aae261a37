package dev.cytoplane.controlplane.dataplane.link;

import java.util.UUID;

/**
 * A data plane that proved who it is.
 *
 * @param serial of the certificate that it came with
 */
record Agent(UUID dataPlaneId, String dataPlane, String serial) {}
