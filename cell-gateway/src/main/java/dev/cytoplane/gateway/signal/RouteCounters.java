package dev.cytoplane.gateway.signal;

import dev.cytoplane.gateway.snapshot.Route;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Requests and their time by route and class of status. A route costs memory from its first request on. */
public final class RouteCounters {
    private record Key(
            String direction, String cell, String component, String endpoint, String release, int statusClass) {}

    private static final class Counter {
        private final LongAdder requests = new LongAdder();
        private final LongAdder nanos = new LongAdder();
    }

    private final ConcurrentMap<Key, Counter> counters = new ConcurrentHashMap<>();
    private final LongAdder open = new LongAdder();

    void begin() {
        open.increment();
    }

    void end(String direction, @Nullable Route route, int status, long nanos) {
        open.decrement();
        Key key = route == null
                ? new Key(direction, "", "", "", "", status / 100)
                : new Key(direction, route.cell(), route.component(), route.endpoint(), route.release(), status / 100);
        Counter counter = counters.computeIfAbsent(key, _ -> new Counter());
        counter.requests.increment();
        counter.nanos.add(nanos);
    }

    /** Prometheus' text format. */
    public String text() {
        StringBuilder text = new StringBuilder(1024);
        text.append("# TYPE cytoplane_gateway_open_requests gauge\ncytoplane_gateway_open_requests ")
                .append(open.sum())
                .append("\n# TYPE cytoplane_gateway_requests_total counter\n");
        counters.forEach((key, counter) -> line(text, "cytoplane_gateway_requests_total", key)
                .append(counter.requests.sum())
                .append('\n'));
        text.append("# TYPE cytoplane_gateway_request_seconds_total counter\n");
        counters.forEach((key, counter) -> line(text, "cytoplane_gateway_request_seconds_total", key)
                .append(counter.nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1))
                .append('\n'));
        return text.toString();
    }

    private static StringBuilder line(StringBuilder text, String name, Key key) {
        return text.append(name)
                .append("{direction=\"")
                .append(key.direction())
                .append("\",cell=\"")
                .append(key.cell())
                .append("\",component=\"")
                .append(key.component())
                .append("\",endpoint=\"")
                .append(key.endpoint())
                .append("\",release=\"")
                .append(key.release())
                .append("\",status=\"")
                .append(key.statusClass())
                .append("xx\"} ");
    }
}
