package dev.cytoplane.gateway.snapshot;

import dev.cytoplane.gateway.route.Direction;
import dev.cytoplane.gateway.traffic.Slot;

/**
 * A way in or out of a cell.
 *
 * @param endpoint the endpoint; for an outbound route the connection
 * @param release the release that answers; empty for an outbound route
 * @param template the path as declared, for metrics and spans: never the key of a connection
 * @param slot where its counts are kept; no part of what it is
 */
public record Route(
        Direction direction,
        String cell,
        String component,
        String endpoint,
        String release,
        String template,
        Admission admission,
        Destination destination,
        Slot slot) {}
