package dev.cytoplane.dataplane.traffic;

import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.contracts.gateway.GatewayTraffic.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** From two counts of each gateway process to what happened between them: a pure function. */
final class TrafficFigures {

    /** How much time is told of. */
    static final Duration TIME = Duration.ofSeconds(30);

    private static final int MOST_EDGES = 4_000;
    private static final double MICROS = 1_000;

    private TrafficFigures() {}

    /** What is counted together: the releases of an endpoint are. */
    private record Way(
            Direction direction,
            String component,
            String name,
            @Nullable String caller) {}

    /** A counted route, whose counts go on from an earlier to a later count. */
    private record Counted(String cell, Way way, String release) {

        static Counted of(GatewayTraffic.Edge edge) {
            return new Counted(
                    edge.cell(),
                    new Way(edge.direction(), edge.component(), edge.name(), edge.caller()),
                    edge.release());
        }
    }

    private static final class Sum {
        private final long[] buckets;
        private long clientErrors;
        private long serverErrors;

        Sum(int buckets) {
            this.buckets = new long[buckets];
        }

        /** A count that went back began anew. */
        void add(GatewayTraffic.Edge now, GatewayTraffic.@Nullable Edge before) {
            GatewayTraffic.Edge base = before != null && requests(now) >= requests(before) ? before : null;
            for (int i = 0; i < buckets.length && i < now.buckets().size(); i++) {
                buckets[i] += Math.max(
                        0,
                        now.buckets().get(i)
                                - (base == null ? 0 : base.buckets().get(i)));
            }
            clientErrors += Math.max(0, now.clientErrors() - (base == null ? 0 : base.clientErrors()));
            serverErrors += Math.max(0, now.serverErrors() - (base == null ? 0 : base.serverErrors()));
        }

        private static long requests(GatewayTraffic.Edge edge) {
            return edge.buckets().stream().mapToLong(Long::longValue).sum();
        }

        long requests() {
            return LongStream.of(buckets).sum();
        }
    }

    /** Two counts of one process. */
    record Span(GatewayTraffic earlier, GatewayTraffic later) {

        /** A process that began within the time had counted nothing then. */
        boolean isFromItsBeginning() {
            return !later.since().isBefore(later.at().minus(TIME));
        }

        Instant from() {
            return isFromItsBeginning() ? later.since() : earlier.at();
        }
    }

    /** One cell, of all processes that know it and measure alike. */
    private static final class Counting {
        private final List<Long> bounds;
        private final Map<Way, Sum> ways = new HashMap<>();
        private Instant from;
        private Instant until;

        Counting(Span first) {
            bounds = first.later().boundsMicros();
            from = first.from();
            until = first.later().at();
        }

        void add(Span span, Counted counted, GatewayTraffic.Edge now, GatewayTraffic.@Nullable Edge before) {
            if (span.later().boundsMicros().equals(bounds)) {
                from = span.from().isBefore(from) ? span.from() : from;
                until = span.later().at().isAfter(until) ? span.later().at() : until;
                ways.computeIfAbsent(counted.way(), _ -> new Sum(bounds.size() + 1))
                        .add(now, before);
            }
        }
    }

    /**
     * Of each cell that a later count knows, also when nothing happened there. Empty when the two are the same count of an
     * older process.
     *
     * @param spans the newest process first: what measures in other steps than it is left out
     */
    static List<CellTraffic> between(List<Span> spans) {
        Map<String, Counting> cells = new TreeMap<>();
        for (Span span : spans) {
            if (!span.from().isBefore(span.later().at())) {
                continue;
            }
            Map<Counted, GatewayTraffic.Edge> before = new HashMap<>();
            if (!span.isFromItsBeginning()) {
                span.earlier().edges().forEach(edge -> before.put(Counted.of(edge), edge));
            }
            for (GatewayTraffic.Edge edge : span.later().edges()) {
                Counted counted = Counted.of(edge);
                cells.computeIfAbsent(edge.cell(), _ -> new Counting(span))
                        .add(span, counted, edge, before.get(counted));
            }
        }
        List<CellTraffic> found = new ArrayList<>();
        cells.forEach((cell, counting) ->
                found.add(new CellTraffic(cell, counting.from, counting.until, edges(counting.ways, counting.bounds))));
        return found;
    }

    /** The busiest first; what had no request is left out. */
    private static List<CellTraffic.Edge> edges(Map<Way, Sum> ways, List<Long> bounds) {
        List<CellTraffic.Edge> edges = new ArrayList<>();
        ways.forEach((way, sum) -> {
            if (sum.requests() > 0) {
                edges.add(new CellTraffic.Edge(
                        way.direction(),
                        way.component(),
                        way.name(),
                        way.caller(),
                        sum.requests(),
                        sum.clientErrors,
                        sum.serverErrors,
                        percentile(sum.buckets, bounds, 0.5),
                        percentile(sum.buckets, bounds, 0.95)));
            }
        });
        edges.sort(Comparator.comparingLong(CellTraffic.Edge::requests)
                .reversed()
                .thenComparing(CellTraffic.Edge::direction)
                .thenComparing(CellTraffic.Edge::component)
                .thenComparing(CellTraffic.Edge::name));
        return edges.size() > MOST_EDGES ? List.copyOf(edges.subList(0, MOST_EDGES)) : edges;
    }

    /** In milliseconds, to a tenth. Within a bucket durations count as evenly spread; beyond the last bound, as that. */
    static double percentile(long[] buckets, List<Long> boundsMicros, double share) {
        double rank = share * LongStream.of(buckets).sum();
        long below = 0;
        for (int i = 0; i < boundsMicros.size(); i++) {
            if (buckets[i] > 0 && below + buckets[i] >= rank) {
                double lower = i == 0 ? 0 : boundsMicros.get(i - 1);
                double micros = lower + (boundsMicros.get(i) - lower) * Math.max(0, rank - below) / buckets[i];
                return Math.round(micros / MICROS * 10) / 10.0;
            }
            below += buckets[i];
        }
        return boundsMicros.getLast() / MICROS;
    }
}
