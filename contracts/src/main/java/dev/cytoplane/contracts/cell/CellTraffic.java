package dev.cytoplane.contracts.cell;

import dev.cytoplane.contracts.gateway.GatewayTraffic.Direction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went through a cell's gateway lately. The last report counts.
 *
 * @param from the beginning of the time that is told of
 * @param until its end
 * @param edges those that had requests; the others had none
 */
public record CellTraffic(String cell, Instant from, Instant until, List<Edge> edges) {

    /**
     * A way that calls take.
     *
     * @param component the called one; outbound the calling one
     * @param name the endpoint; outbound the connection
     * @param caller SPIFFE id of the calling cell; null where callers have none, and for those who were refused
     * @param requests in this time
     * @param clientErrors answers with 4xx among them
     * @param serverErrors answers with 5xx among them
     * @param p50Millis half of the requests took no longer, in milliseconds, as exact as the gateway's buckets are
     * @param p95Millis the same of 95 in 100
     */
    public record Edge(
            Direction direction,
            String component,
            String name,
            @Nullable String caller,
            long requests,
            long clientErrors,
            long serverErrors,
            double p50Millis,
            double p95Millis) {}
}
