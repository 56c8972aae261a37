package dev.cytoplane.gateway.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/** An OTLP/HTTP receiver that keeps what it gets. */
public final class TestReceiver implements AutoCloseable {
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final Queue<Metric> metrics = new ConcurrentLinkedQueue<>();
    private final Queue<LogRecord> logs = new ConcurrentLinkedQueue<>();
    private final DisposableServer server;

    public TestReceiver() {
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post(
                                "/v1/traces",
                                (request, response) -> body(request)
                                        .doOnNext(this::traces)
                                        .then(response.header("Content-Type", "application/x-protobuf")
                                                .send()))
                        .post(
                                "/v1/logs",
                                (request, response) -> body(request)
                                        .doOnNext(this::logs)
                                        .then(response.header("Content-Type", "application/x-protobuf")
                                                .send()))
                        .post(
                                "/v1/metrics",
                                (request, response) -> body(request)
                                        .doOnNext(this::metrics)
                                        .then(response.header("Content-Type", "application/x-protobuf")
                                                .send())))
                .bindNow();
    }

    private static Mono<byte[]> body(HttpServerRequest request) {
        boolean zipped = "gzip".equals(request.requestHeaders().get("Content-Encoding"));
        return request.receive().aggregate().asByteArray().map(bytes -> zipped ? unzip(bytes) : bytes);
    }

    private static byte[] unzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void traces(byte[] bytes) {
        try {
            ExportTraceServiceRequest.parseFrom(bytes).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .forEach(spans::add);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void metrics(byte[] bytes) {
        try {
            ExportMetricsServiceRequest.parseFrom(bytes).getResourceMetricsList().stream()
                    .flatMap(resource -> resource.getScopeMetricsList().stream())
                    .flatMap(scope -> scope.getMetricsList().stream())
                    .forEach(metrics::add);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void logs(byte[] bytes) {
        try {
            ExportLogsServiceRequest.parseFrom(bytes).getResourceLogsList().stream()
                    .flatMap(resource -> resource.getScopeLogsList().stream())
                    .flatMap(scope -> scope.getLogRecordsList().stream())
                    .forEach(logs::add);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.port();
    }

    public List<Span> spans() {
        return List.copyOf(spans);
    }

    public List<Metric> metrics() {
        return List.copyOf(metrics);
    }

    public List<LogRecord> logs() {
        return List.copyOf(logs);
    }

    public static String id(com.google.protobuf.ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    public static String attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .map(value -> value.hasStringValue() ? value.getStringValue() : String.valueOf(value.getIntValue()))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
