package dev.cytoplane.gateway.signal;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where spans, metrics and logs go, for as long as the configuration says so. */
final class Exporting {
    private static final String SCOPE = "dev.cytoplane.gateway";
    /** The boundaries that the semantic conventions advise for request durations, in seconds. */
    private static final List<Double> BUCKETS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final Logger failures;
    private final DoubleHistogram durations;

    private Exporting(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.failures = sdk.getLogsBridge().get(SCOPE);
        this.tracer = sdk.getTracer(SCOPE);
        this.durations = sdk.getMeter(SCOPE)
                .histogramBuilder("http.server.request.duration")
                .setDescription("Duration of HTTP server requests.")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
    }

    /** Nobody listens: a request still has a trace of its own, by which the logs of those it passes are joined. */
    static Exporting nowhere() {
        return new Exporting(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(Sampler.alwaysOff())
                        // Without any processor the SDK makes no trace ids.
                        .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
                        .build())
                .build());
    }

    static Exporting to(Telemetry telemetry) {
        String base = telemetry.endpoint().endsWith("/")
                ? telemetry.endpoint().substring(0, telemetry.endpoint().length() - 1)
                : telemetry.endpoint();
        Resource resource = Resource.getDefault().toBuilder()
                .put(AttributeKey.stringKey("service.name"), "cell-gateway")
                .put(AttributeKey.stringKey("service.namespace"), "cytoplane")
                .build();
        SdkTracerProvider traces = SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(telemetry.sampledShare())))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(base + "/v1/traces")
                                .setTimeout(Duration.ofSeconds(5))
                                .setCompression("gzip")
                                .build())
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
        SdkMeterProvider metrics = SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                                .setEndpoint(base + "/v1/metrics")
                                .setTimeout(Duration.ofSeconds(5))
                                .setCompression("gzip")
                                .build())
                        .setInterval(Duration.ofSeconds(10))
                        .build())
                .build();
        SdkLoggerProvider logs = SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                                .setEndpoint(base + "/v1/logs")
                                .setTimeout(Duration.ofSeconds(5))
                                .setCompression("gzip")
                                .build())
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(traces)
                .setMeterProvider(metrics)
                .setLoggerProvider(logs)
                .build();
        return new Exporting(sdk);
    }

    Tracer tracer() {
        return tracer;
    }

    DoubleHistogram durations() {
        return durations;
    }

    /** A log record for each request that failed here or behind here, so that it is found by its trace. */
    Logger failures() {
        return failures;
    }

    /** The process's own log goes there too, from now on. */
    void takeLog() {
        OpenTelemetryAppender.install(sdk);
    }

    /** Sends what is left, for three seconds at most. */
    void close() {
        sdk.shutdown().join(3, TimeUnit.SECONDS);
    }
}
