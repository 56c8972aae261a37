package dev.cytoplane.contracts.gateway;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway process has counted since it began. It writes this as {@code traffic.json} beside its
 * {@code applied.json}, every few seconds from the first request on. Counts only grow, as long as the route is there.
 *
 * @param process another one for each process: counts of two processes do not go on from each other
 * @param since when the process began
 * @param at when this was counted
 * @param boundsMicros the upper bounds of the buckets of durations, in microseconds; a last bucket has none
 */
public record GatewayTraffic(String process, Instant since, Instant at, List<Long> boundsMicros, List<Edge> edges) {

    /** From where a request came, seen from its cell. */
    public enum Direction {
        /** From the public. */
        PUBLIC,
        /** From another cell. */
        WESTBOUND,
        /** From a component of the cell, along one of its connections. */
        OUTBOUND
    }

    /**
     * A route, and for calls of other cells who called.
     *
     * @param component the called one; for an outbound route the calling one
     * @param name the endpoint; for an outbound route the connection
     * @param release which answered; empty for an outbound route
     * @param caller SPIFFE id of the calling cell; null where callers have none, and for those who were refused
     * @param clientErrors answers with 4xx
     * @param serverErrors answers with 5xx, the gateway's own too
     * @param buckets all requests by their duration, one more than there are bounds
     */
    public record Edge(
            String cell,
            Direction direction,
            String component,
            String name,
            String release,
            @Nullable String caller,
            long clientErrors,
            long serverErrors,
            List<Long> buckets) {}
}
