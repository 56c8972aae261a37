package dev.cytoplane.gateway.snapshot;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Entry;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Telemetry;
import dev.cytoplane.gateway.identity.CellIdentity;
import dev.cytoplane.gateway.route.PathIndex;
import dev.cytoplane.gateway.route.RequestTarget;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A whole configuration, compiled. A request is matched and carried by one snapshot from its start to its end. */
public record Snapshot(
        long generation,
        @Nullable Entry entry,
        @Nullable Telemetry telemetry,
        Map<String, CellRoutes> cells,
        Map<String, CellRoutes> hosts) {

    /** Before the first configuration: nothing is reachable. */
    public static final Snapshot EMPTY = new Snapshot(0, null, null, Map.of(), Map.of());

    /**
     * A route that was found.
     *
     * @param depth how many segments of the target it took
     */
    public record Match(CellRoutes cell, Route route, int depth) {}

    /** From the public: the cell is found by host name; null when it has no such path. */
    public @Nullable Match publicRoute(CellRoutes cell, RequestTarget target) {
        return match(cell, cell.publicRoutes(), target);
    }

    /** From another cell. */
    public @Nullable Match westboundRoute(CellRoutes cell, RequestTarget target) {
        return match(cell, cell.westboundRoutes(), target);
    }

    /** From a component of the cell: the first segment is the key of one of its connections. */
    public @Nullable Match outboundRoute(CellRoutes cell, RequestTarget target) {
        if (target.segments().isEmpty()) {
            return null;
        }
        Route route = cell.outboundRoutes().get(target.segments().getFirst());
        return route == null ? null : new Match(cell, route, 1);
    }

    private static @Nullable Match match(CellRoutes cell, PathIndex<Route> index, RequestTarget target) {
        PathIndex.Found<Route> found = index.longest(target.segments());
        return found == null ? null : new Match(cell, found.value(), found.depth());
    }

    public Set<CellIdentity> identities() {
        return cells.values().stream().map(CellRoutes::identity).collect(Collectors.toUnmodifiableSet());
    }
}
