package dev.cytoplane.gateway.signal;

import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.gateway.route.Direction;
import dev.cytoplane.gateway.snapshot.Admission;
import dev.cytoplane.gateway.snapshot.Route;
import dev.cytoplane.gateway.traffic.Counts;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests and their time by route, by caller where callers have an identity, and by class of status. A route costs memory
 * from its first request on, and no longer than a snapshot has it: each configuration's routes go on with the counts of
 * the routes before that are the same.
 */
public final class RouteCounters {
    private record Key(
            Direction direction,
            String cell,
            String component,
            String endpoint,
            String release,
            @Nullable String caller) {}

    /** Held by the routes of the snapshots that are used; so what no configuration has any more goes by itself. */
    private static final class Known extends WeakReference<Counts> {
        /** How many requests were told last; of the thread that tells. */
        private long told;

        Known(Counts counts) {
            super(counts);
        }
    }

    private final ConcurrentMap<Key, Known> known = new ConcurrentHashMap<>();
    /** What grew lately is held until that was told, also when its route is gone or has had no request yet. */
    @SuppressWarnings("UnusedVariable")
    private volatile List<Counts> growing = List.of();

    private final Map<Direction, Counts> elsewhere = new EnumMap<>(Direction.class);
    private final LongAdder open = new LongAdder();

    public RouteCounters() {
        for (Direction direction : Direction.values()) {
            elsewhere.put(direction, new Counts());
        }
    }

    void begin() {
        open.increment();
    }

    /**
     * @param route null when there is no such route
     * @param peer the identity that the caller proved
     */
    void end(Direction direction, @Nullable Route route, @Nullable String peer, int status, long nanos) {
        open.decrement();
        counts(direction, route, peer).add(status, nanos);
    }

    private Counts counts(Direction direction, @Nullable Route route, @Nullable String peer) {
        if (route == null) {
            return Objects.requireNonNull(elsewhere.get(direction));
        }
        // Of those who may not call nobody is counted by name: they could be any number.
        String caller = peer != null
                        && route.admission() instanceof Admission.Callers callers
                        && callers.identities().contains(peer)
                ? peer
                : null;
        Counts counts = route.slot().get(caller);
        if (counts == null) {
            counts = shared(new Key(
                    route.direction(), route.cell(), route.component(), route.endpoint(), route.release(), caller));
            route.slot().keep(caller, counts);
        }
        return counts;
    }

    /** The same counts for whoever asks, for as long as anybody holds them. */
    private synchronized Counts shared(Key key) {
        Known before = known.get(key);
        Counts counts = before == null ? null : before.get();
        if (counts == null) {
            counts = new Counts();
            known.put(key, new Known(counts));
        }
        return counts;
    }

    private void each(BiConsumer<Key, Counts.Sum> taker) {
        known.forEach((key, reference) -> {
            Counts counts = reference.get();
            if (counts == null) {
                known.remove(key, reference);
            } else {
                taker.accept(key, counts.sum());
            }
        });
    }

    /** What has been counted since this process began; of at most {@code most} routes and callers. */
    GatewayTraffic traffic(String process, Instant since, Instant now, int most) {
        List<GatewayTraffic.Edge> edges = new ArrayList<>();
        List<Counts> grew = new ArrayList<>();
        known.forEach((key, reference) -> {
            Counts counts = reference.get();
            if (counts != null && edges.size() < most) {
                Counts.Sum sum = counts.sum();
                if (sum.requests() != reference.told) {
                    reference.told = sum.requests();
                    grew.add(counts);
                }
                edges.add(new GatewayTraffic.Edge(
                        key.cell(),
                        switch (key.direction()) {
                            case PUBLIC -> GatewayTraffic.Direction.PUBLIC;
                            case WESTBOUND -> GatewayTraffic.Direction.WESTBOUND;
                            case OUTBOUND -> GatewayTraffic.Direction.OUTBOUND;
                        },
                        key.component(),
                        key.endpoint(),
                        key.release(),
                        key.caller(),
                        sum.classes().get(3),
                        sum.classes().get(4),
                        sum.buckets()));
            }
        });
        growing = grew;
        return new GatewayTraffic(process, since, now, Counts.BOUNDS_MICROS, edges);
    }

    /** Prometheus' text format. */
    public String text() {
        StringBuilder text = new StringBuilder(1024);
        text.append("# TYPE cytoplane_gateway_open_requests gauge\ncytoplane_gateway_open_requests ")
                .append(open.sum())
                .append("\n# TYPE cytoplane_gateway_requests_total counter\n");
        StringBuilder seconds = new StringBuilder("# TYPE cytoplane_gateway_request_seconds summary\n");
        BiConsumer<Key, Counts.Sum> write = (key, sum) -> {
            for (int digit = 1; digit <= sum.classes().size(); digit++) {
                long requests = sum.classes().get(digit - 1);
                if (requests > 0) {
                    labels(text, "cytoplane_gateway_requests_total", key)
                            .append(",status=\"")
                            .append(digit)
                            .append("xx\"} ")
                            .append(requests)
                            .append('\n');
                }
            }
            labels(seconds, "cytoplane_gateway_request_seconds_sum", key)
                    .append("} ")
                    .append(sum.nanos() / (double) TimeUnit.SECONDS.toNanos(1))
                    .append('\n');
            labels(seconds, "cytoplane_gateway_request_seconds_count", key)
                    .append("} ")
                    .append(sum.requests())
                    .append('\n');
        };
        each(write);
        elsewhere.forEach((direction, counts) -> {
            Counts.Sum sum = counts.sum();
            if (sum.requests() > 0) {
                write.accept(new Key(direction, "", "", "", "", null), sum);
            }
        });
        return text.append(seconds).toString();
    }

    private static StringBuilder labels(StringBuilder text, String name, Key key) {
        text.append(name)
                .append("{direction=\"")
                .append(key.direction().label())
                .append("\",cell=\"")
                .append(key.cell())
                .append("\",component=\"")
                .append(key.component())
                .append("\",endpoint=\"")
                .append(key.endpoint())
                .append("\",release=\"")
                .append(key.release())
                .append('"');
        if (key.caller() != null) {
            text.append(",caller=\"").append(key.caller()).append('"');
        }
        return text;
    }
}
