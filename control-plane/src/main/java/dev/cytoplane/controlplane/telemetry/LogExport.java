package dev.cytoplane.controlplane.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import org.springframework.stereotype.Component;

/**
 * Gives the log to OpenTelemetry, which sends it when there is an endpoint. A line that is written within a request
 * carries its trace.
 */
@Component
class LogExport implements AutoCloseable {

    LogExport(OpenTelemetry openTelemetry) {
        OpenTelemetryAppender.install(openTelemetry);
    }

    /** Before OpenTelemetry is closed: the log goes on without it. */
    @Override
    public void close() {
        OpenTelemetryAppender.install(OpenTelemetry.noop());
    }
}
