package dev.cytoplane.gateway.snapshot;

import dev.cytoplane.gateway.identity.CellIdentity;
import dev.cytoplane.gateway.route.PathIndex;
import java.util.Map;

/** One cell: who it is, where it listens, and its ways in and out. */
public record CellRoutes(
        String name,
        long version,
        String host,
        CellIdentity identity,
        int westboundPort,
        int outboundPort,
        PathIndex<Route> publicRoutes,
        PathIndex<Route> westboundRoutes,
        Map<String, Route> outboundRoutes) {}
