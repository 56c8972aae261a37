package dev.cytoplane.dataplane.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** An OTLP/HTTP receiver that keeps the last of each metric and every log record. */
public final class TestReceiver implements AutoCloseable {

    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
    private final List<LogRecord> logs = new CopyOnWriteArrayList<>();
    private final Map<String, String> resource = new ConcurrentHashMap<>();
    private final HttpServer server;

    public TestReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/metrics", exchange -> take(exchange, this::metrics));
        server.createContext("/v1/logs", exchange -> take(exchange, this::logs));
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Attributes of who sends. */
    public Map<String, String> resource() {
        return Map.copyOf(resource);
    }

    public Map<String, Metric> metrics() {
        return Map.copyOf(metrics);
    }

    public List<String> logs() {
        return logs.stream().map(record -> record.getBody().getStringValue()).toList();
    }

    /** The last values of a gauge or a sum by their attributes: {@code cytoplane.cell=shop…}, sorted, comma between. */
    public Map<String, Double> values(String name) {
        Metric metric = metrics.getOrDefault(name, Metric.getDefaultInstance());
        Map<String, Double> values = new TreeMap<>();
        Stream.concat(metric.getGauge().getDataPointsList().stream(), metric.getSum().getDataPointsList().stream())
                .forEach(point -> values.put(attributes(point), value(point)));
        return values;
    }

    private static double value(NumberDataPoint point) {
        return point.hasAsDouble() ? point.getAsDouble() : point.getAsInt();
    }

    private static String attributes(NumberDataPoint point) {
        return String.join(
                ",",
                point.getAttributesList().stream()
                        .map(attribute ->
                                attribute.getKey() + "=" + attribute.getValue().getStringValue())
                        .sorted()
                        .toList());
    }

    private interface Signal {
        void read(byte[] body) throws InvalidProtocolBufferException;
    }

    private static void take(HttpExchange exchange, Signal signal) throws IOException {
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

    private void metrics(byte[] body) throws InvalidProtocolBufferException {
        ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList().forEach(sent -> {
            note(sent.getResource());
            sent.getScopeMetricsList()
                    .forEach(scope -> scope.getMetricsList().forEach(metric -> metrics.put(metric.getName(), metric)));
        });
    }

    private void logs(byte[] body) throws InvalidProtocolBufferException {
        ExportLogsServiceRequest.parseFrom(body).getResourceLogsList().forEach(sent -> {
            note(sent.getResource());
            sent.getScopeLogsList().forEach(scope -> logs.addAll(scope.getLogRecordsList()));
        });
    }

    private void note(Resource sender) {
        for (KeyValue attribute : sender.getAttributesList()) {
            resource.put(attribute.getKey(), attribute.getValue().getStringValue());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
