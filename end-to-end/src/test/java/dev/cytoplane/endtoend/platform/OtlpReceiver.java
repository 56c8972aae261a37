package dev.cytoplane.endtoend.platform;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** Receives OTLP over HTTP with protobuf, as a collector does, and keeps what a test may ask for. */
public final class OtlpReceiver implements AutoCloseable {

    private static final int KEPT_SPANS = 50_000;

    /** A span with the service that sent it. */
    public record ReceivedSpan(String service, Span span) {
        public String traceId() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }

        public String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        public String parentId() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }

        @Override
        public String toString() {
            return "%s: %s %s (%s ← %s)".formatted(service, span.getKind(), span.getName(), id(), parentId());
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<ReceivedSpan> spans = new ArrayDeque<>();
    private final Set<String> metrics = ConcurrentHashMap.newKeySet();
    private final Set<String> loggingServices = ConcurrentHashMap.newKeySet();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    static OtlpReceiver start(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            OtlpReceiver receiver = new OtlpReceiver(server);
            server.setExecutor(receiver.threads);
            server.createContext("/v1/traces", exchange -> receiver.take(exchange, receiver::traces));
            server.createContext("/v1/metrics", exchange -> receiver.take(exchange, receiver::metrics));
            server.createContext("/v1/logs", exchange -> receiver.take(exchange, receiver::logs));
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans of a trace that have come so far. */
    public List<ReceivedSpan> trace(String traceId) {
        synchronized (spans) {
            return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
        }
    }

    /** Names of services that have sent a metric. */
    public Set<String> metrics() {
        return Set.copyOf(metrics);
    }

    /** Names of services that have sent a log record. */
    public Set<String> logs() {
        return Set.copyOf(loggingServices);
    }

    private interface Signal {
        void read(byte[] body) throws InvalidProtocolBufferException;
    }

    private void take(HttpExchange exchange, Signal signal) throws IOException {
        try (exchange) {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream body =
                    zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                signal.read(body.readAllBytes());
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void traces(byte[] body) throws InvalidProtocolBufferException {
        ExportTraceServiceRequest.parseFrom(body)
                .getResourceSpansList()
                .forEach(resource -> resource.getScopeSpansList()
                        .forEach(scope -> scope.getSpansList()
                                .forEach(span -> keep(new ReceivedSpan(service(resource.getResource()), span)))));
    }

    /** The newest, as many as are kept. */
    private void keep(ReceivedSpan span) {
        synchronized (spans) {
            if (spans.size() == KEPT_SPANS) {
                spans.removeFirst();
            }
            spans.addLast(span);
        }
    }

    private void metrics(byte[] body) throws InvalidProtocolBufferException {
        ExportMetricsServiceRequest.parseFrom(body)
                .getResourceMetricsList()
                .forEach(resource -> metrics.add(service(resource.getResource())));
    }

    private void logs(byte[] body) throws InvalidProtocolBufferException {
        ExportLogsServiceRequest.parseFrom(body)
                .getResourceLogsList()
                .forEach(resource -> loggingServices.add(service(resource.getResource())));
    }

    private static String service(Resource resource) {
        return resource.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
