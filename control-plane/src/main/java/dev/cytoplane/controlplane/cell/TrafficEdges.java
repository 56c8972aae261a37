package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.gateway.GatewayTraffic.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ways that calls may take into a cell, out of it and inside, each with what went along it: a pure function. */
final class TrafficEdges {

    private static final double MILLIS = 1_000;

    private TrafficEdges() {}

    /**
     * A way that calls may take.
     *
     * @param component the called one; outbound the calling one
     * @param name the endpoint; outbound the connection
     * @param caller the name of the calling cell; null but westbound
     * @param requests in the time that is told of
     * @param requestsPerSecond on average
     * @param clientErrors answers with 4xx
     * @param serverErrors answers with 5xx, those of the gateway when there was no answer among them
     * @param p50Milliseconds half of them took no longer; null when there were none
     * @param p95Milliseconds the same of 95 in 100
     */
    record TrafficEdge(
            Direction direction,
            String component,
            String name,
            @Nullable String caller,
            long requests,
            double requestsPerSecond,
            long clientErrors,
            long serverErrors,
            @Nullable Double p50Milliseconds,
            @Nullable Double p95Milliseconds) {}

    private record Way(
            Direction direction,
            String component,
            String name,
            @Nullable String identity) {}

    /** Every way that the cell declares, and no other: as many as its document has. */
    static List<TrafficEdge> of(Cell cell, Optional<CellTraffic> traffic) {
        Map<Way, CellTraffic.Edge> seen = new HashMap<>();
        traffic.ifPresent(it -> it.edges()
                .forEach(edge ->
                        seen.put(new Way(edge.direction(), edge.component(), edge.name(), edge.caller()), edge)));
        double seconds = traffic.map(
                        it -> Duration.between(it.from(), it.until()).toMillis() / MILLIS)
                .orElse(0.0);
        List<TrafficEdge> edges = new ArrayList<>();
        for (Cell.Component component : cell.spec().components()) {
            for (Cell.Endpoint endpoint : component.endpoints()) {
                if (endpoint.visibility() == Visibility.PUBLIC) {
                    Way way = new Way(Direction.PUBLIC, component.name(), endpoint.name(), null);
                    edges.add(edge(way, null, seen.get(way), seconds));
                }
                for (Cell.Caller caller : endpoint.callers()) {
                    Way way = new Way(Direction.WESTBOUND, component.name(), endpoint.name(), caller.identity());
                    edges.add(edge(way, caller.cell(), seen.get(way), seconds));
                }
            }
            for (Cell.Connection connection : component.connections()) {
                Way way = new Way(Direction.OUTBOUND, component.name(), connection.name(), null);
                edges.add(edge(way, null, seen.get(way), seconds));
            }
        }
        return edges;
    }

    private static TrafficEdge edge(Way way, @Nullable String caller, CellTraffic.@Nullable Edge seen, double seconds) {
        if (seen == null || seconds <= 0) {
            return new TrafficEdge(way.direction(), way.component(), way.name(), caller, 0, 0, 0, 0, null, null);
        }
        return new TrafficEdge(
                way.direction(),
                way.component(),
                way.name(),
                caller,
                seen.requests(),
                Math.round(seen.requests() / seconds * 100) / 100.0,
                seen.clientErrors(),
                seen.serverErrors(),
                seen.p50Millis(),
                seen.p95Millis());
    }
}
