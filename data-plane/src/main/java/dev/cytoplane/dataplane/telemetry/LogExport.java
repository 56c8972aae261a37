package dev.cytoplane.dataplane.telemetry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import org.slf4j.LoggerFactory;

/** Gives every line of the agent's log to OpenTelemetry too. */
final class LogExport {

    private static final String OWN = "io.opentelemetry.";

    private final Logger root;
    private final OpenTelemetryAppender appender;

    private LogExport(Logger root, OpenTelemetryAppender appender) {
        this.root = root;
        this.appender = appender;
    }

    static LogExport to(OpenTelemetry openTelemetry) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        OpenTelemetryAppender appender = new OpenTelemetryAppender();
        appender.setName("otlp");
        appender.setContext(context);
        appender.addFilter(new WithoutOwn());
        appender.setOpenTelemetry(openTelemetry);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        return new LogExport(root, appender);
    }

    void close() {
        root.detachAppender(appender);
        appender.stop();
    }

    /** That a log cannot be sent is not to be sent: it would never end. */
    private static final class WithoutOwn extends Filter<ILoggingEvent> {

        @Override
        public FilterReply decide(ILoggingEvent event) {
            return event.getLoggerName().startsWith(OWN) ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }
}
