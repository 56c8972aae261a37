package dev.cytoplane.dataplane.telemetry;

import dev.cytoplane.dataplane.cell.CellView;
import dev.cytoplane.dataplane.runtime.Runtime;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Metrics and logs of this data plane by OTLP over HTTP. Nothing is sent without an endpoint, and nothing before the data
 * plane has joined, since only then it has a name. A receiver that is away costs the signals of that time and nothing
 * else.
 */
public final class Telemetry implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration METRICS = Duration.ofSeconds(10);
    private static final Duration LOGS = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final @Nullable String base;
    private final Runtime runtime;
    private final BooleanSupplier connected;
    private @Nullable OpenTelemetrySdk sdk;
    private @Nullable LogExport logs;
    private volatile @Nullable AgentMetrics metrics;

    /**
     * @param endpoint base URL of an OTLP/HTTP receiver; null to send nothing
     * @param connected whether the link to the control plane is up
     */
    public Telemetry(@Nullable String endpoint, Runtime runtime, BooleanSupplier connected) {
        this.base =
                endpoint != null && endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        this.runtime = runtime;
        this.connected = connected;
    }

    /** Begins to send as this data plane. Once; more calls do nothing. */
    public synchronized void begin(String dataPlane) {
        if (base == null || sdk != null) {
            return;
        }
        Resource resource = Resource.getDefault().toBuilder()
                .put(AttributeKey.stringKey("service.name"), "data-plane")
                .put(AttributeKey.stringKey("service.namespace"), "cytoplane")
                .put(AttributeKey.stringKey("service.instance.id"), dataPlane)
                .build();
        OpenTelemetrySdk started = OpenTelemetrySdk.builder()
                .setMeterProvider(meters(resource, base))
                .setLoggerProvider(loggers(resource, base))
                .build();
        sdk = started;
        logs = LogExport.to(started);
        metrics = new AgentMetrics(started, runtime, connected);
    }

    private static SdkMeterProvider meters(Resource resource, String base) {
        return SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                                .setEndpoint(base + "/v1/metrics")
                                .setTimeout(TIMEOUT)
                                .setCompression("gzip")
                                .build())
                        .setInterval(METRICS)
                        .build())
                .build();
    }

    private static SdkLoggerProvider loggers(Resource resource, String base) {
        return SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                                .setEndpoint(base + "/v1/logs")
                                .setTimeout(TIMEOUT)
                                .setCompression("gzip")
                                .build())
                        .setScheduleDelay(LOGS)
                        .build())
                .build();
    }

    /** A look at a cell found this. */
    public void seen(CellView view) {
        AgentMetrics current = metrics;
        if (current != null) {
            current.seen(view);
        }
    }

    /** A look at a cell took this long; with the failure that ended it, if one did. */
    public void passed(String cell, Duration took, @Nullable Throwable failure) {
        AgentMetrics current = metrics;
        if (current != null) {
            current.passed(cell, took, failure);
        }
    }

    /** Sends what is left, within a few seconds. */
    @Override
    public synchronized void close() {
        LogExport exported = logs;
        if (exported != null) {
            exported.close();
            logs = null;
        }
        OpenTelemetrySdk started = sdk;
        if (started != null) {
            started.shutdown().join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        }
        metrics = null;
    }
}
