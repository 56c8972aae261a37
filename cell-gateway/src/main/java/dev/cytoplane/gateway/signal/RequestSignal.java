package dev.cytoplane.gateway.signal;

import dev.cytoplane.gateway.policy.HeaderChanges;
import dev.cytoplane.gateway.policy.Problem;
import dev.cytoplane.gateway.policy.RequestView;
import dev.cytoplane.gateway.route.Direction;
import dev.cytoplane.gateway.snapshot.Destination;
import dev.cytoplane.gateway.snapshot.Route;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one request: a SERVER span, a CLIENT span for the way to the upstream, duration, counter, log line, and
 * a log record of its trace when it failed.
 */
public final class RequestSignal {
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<RequestView> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(RequestView carrier) {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable RequestView carrier, String key) {
            return carrier == null ? null : carrier.header(key);
        }
    };

    private final RequestView view;
    private final Exporting exporting;
    private final RouteCounters counters;
    private final @Nullable AccessLog accessLog;
    private final Clock clock;
    private final long begun = System.nanoTime();
    private final Context parent;
    private final Span server;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Span client;
    private volatile @Nullable Route route;
    private volatile @Nullable String error;

    RequestSignal(
            RequestView view, Exporting exporting, RouteCounters counters, @Nullable AccessLog accessLog, Clock clock) {
        this.view = view;
        this.exporting = exporting;
        this.counters = counters;
        this.accessLog = accessLog;
        this.clock = clock;
        this.parent = W3C.extract(Context.root(), view, HEADERS);
        this.server = exporting
                .tracer()
                .spanBuilder(view.method())
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent)
                .setAttribute("http.request.method", view.method())
                .setAttribute("url.scheme", view.scheme())
                .startSpan();
        counters.begin();
    }

    /** The request goes on: begins the CLIENT span, and tells the headers that carry the trace to the upstream. */
    public HeaderChanges admitted(Route admittedRoute) {
        route = admittedRoute;
        Context inside = parent.with(server);
        Span span = exporting
                .tracer()
                .spanBuilder(view.method())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(inside)
                .setAttribute("http.request.method", view.method())
                .setAttribute("server.address", upstream(admittedRoute))
                .startSpan();
        client = span;
        Map<String, String> headers = new HashMap<>(4);
        W3C.inject(
                span.isRecording() || !broughtATrace() ? inside.with(span) : parent,
                headers,
                (carrier, name, value) -> {
                    if (carrier != null) {
                        carrier.put(name, value);
                    }
                });
        return headers.isEmpty() ? HeaderChanges.NONE : new HeaderChanges(headers);
    }

    /** Whether the caller brought a trace. Its span stays the upstream's parent where ours are told to nobody. */
    private boolean broughtATrace() {
        return Span.fromContext(parent).getSpanContext().isValid();
    }

    private static String upstream(Route route) {
        return switch (route.destination()) {
            case Destination.Instances _ -> route.component();
            case Destination.OtherCell other -> other.serverName();
            case Destination.External external -> external.authority();
        };
    }

    public void rejected(@Nullable Route rejectedRoute, Problem problem) {
        route = rejectedRoute;
        error = problem.slug();
    }

    public void failed(Throwable failure) {
        error = failure.getClass().getName();
    }

    /** The answer is out, or nobody waits for it any more. */
    public void end(int status) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        long nanos = System.nanoTime() - begun;
        Route known = route;
        counters.end(view.direction(), known, view.peer(), status, nanos);
        Attributes attributes = attributes(known, status);
        exporting.durations().record(nanos / (double) TimeUnit.SECONDS.toNanos(1), attributes, parent.with(server));
        endClient(status);
        if (server.isRecording()) {
            server.setAllAttributes(attributes)
                    .setAttribute("url.path", path())
                    .setAttribute("server.address", view.host())
                    .setAttribute("client.address", view.remoteAddress());
            String caller = view.peer();
            if (caller != null) {
                server.setAttribute("cytoplane.caller", caller);
            }
            if (known != null) {
                server.updateName(view.method() + " " + known.template());
            }
            if (status >= 500) {
                server.setStatus(StatusCode.ERROR);
            }
        }
        if (status >= 500) {
            logFailure(attributes, status);
        }
        server.end();
        if (accessLog != null) {
            accessLog.add(line(known, status, nanos));
        }
    }

    private void logFailure(Attributes attributes, int status) {
        exporting
                .failures()
                .logRecordBuilder()
                .setContext(parent.with(server))
                .setTimestamp(clock.instant())
                .setSeverity(Severity.WARN)
                .setSeverityText("WARN")
                .setBody("%s %s was answered with %d".formatted(view.method(), path(), status))
                .setAllAttributes(attributes)
                .emit();
    }

    private void endClient(int status) {
        Span span = client;
        if (span == null) {
            return;
        }
        span.setAttribute("http.response.status_code", status);
        String failure = error;
        if (failure != null) {
            span.setAttribute("error.type", failure);
        }
        if (failure != null || status >= 400) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private Attributes attributes(@Nullable Route known, int status) {
        AttributesBuilder attributes = Attributes.builder()
                .put("http.request.method", view.method())
                .put("url.scheme", view.scheme())
                .put("http.response.status_code", status)
                .put("cytoplane.direction", view.direction().label());
        if (known != null) {
            attributes
                    .put("http.route", known.template())
                    .put("cytoplane.cell", known.cell())
                    .put("cytoplane.component", known.component())
                    .put("cytoplane.endpoint", known.endpoint());
            if (!known.release().isEmpty()) {
                attributes.put("cytoplane.release", known.release());
            }
        }
        if (status >= 500) {
            String failure = error;
            attributes.put("error.type", failure == null ? String.valueOf(status) : failure);
        }
        return attributes.build();
    }

    /** An outbound path begins with a connection's key, which is a secret. */
    private String path() {
        if (view.direction() != Direction.OUTBOUND) {
            return view.target().path();
        }
        return "/{connection}"
                + (view.target().segments().isEmpty() ? "" : view.target().after(1));
    }

    private AccessLog.Line line(@Nullable Route known, int status, long nanos) {
        return new AccessLog.Line(
                clock.instant().minus(Duration.ofNanos(nanos)).toString(),
                view.direction().label(),
                known == null ? view.cell() : known.cell(),
                known == null ? null : known.component(),
                known == null ? null : known.endpoint(),
                known == null ? null : known.release(),
                view.method(),
                view.host(),
                path(),
                status,
                nanos / 1e6,
                view.remoteAddress(),
                view.peer(),
                server.getSpanContext().isValid() ? server.getSpanContext().getTraceId() : null);
    }
}
