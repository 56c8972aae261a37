package dev.cytoplane.gateway.signal;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Telemetry;
import dev.cytoplane.gateway.policy.RequestView;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Begins the signals of each request; follows the configuration's receiver. */
public final class Signals implements AutoCloseable {
    private final RouteCounters counters;
    private final @Nullable AccessLog accessLog;
    private final Clock clock;
    private @Nullable Telemetry telemetry;
    private boolean begun;
    private volatile Exporting exporting = Exporting.nowhere();

    public Signals(RouteCounters counters, @Nullable AccessLog accessLog, Clock clock) {
        this.counters = counters;
        this.accessLog = accessLog;
        this.clock = clock;
    }

    /** Sends spans, metrics and logs there from now on; null stops it. What was recorded before goes to the old receiver. */
    public synchronized void exportTo(@Nullable Telemetry wanted) {
        if (begun && Objects.equals(telemetry, wanted)) {
            return;
        }
        Exporting old = exporting;
        exporting = wanted == null ? Exporting.nowhere() : Exporting.to(wanted);
        exporting.takeLog();
        telemetry = wanted;
        begun = true;
        Thread.ofVirtual().start(old::close);
    }

    public RequestSignal begin(RequestView view) {
        return new RequestSignal(view, exporting, counters, accessLog, clock);
    }

    @Override
    public void close() {
        Exporting.nowhere().takeLog();
        exporting.close();
        if (accessLog != null) {
            accessLog.close();
        }
    }
}
