package dev.cytoplane.gateway.signal;

import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what was counted for the data plane, every five seconds once there is something: a new file, moved over the old
 * one. It is worth nothing after a crash, so nobody waits for the disk.
 */
public final class TrafficFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TrafficFile.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int MOST = 10_000;

    private final Path file;
    private final RouteCounters counters;
    private final Clock clock;
    private final String process = UUID.randomUUID().toString();
    private final Instant since;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("traffic").factory());
    private boolean failing;

    public TrafficFile(Path file, RouteCounters counters, Clock clock) {
        this.file = file.toAbsolutePath();
        this.counters = counters;
        this.clock = clock;
        this.since = clock.instant();
        timer.scheduleAtFixedRate(this::write, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void write() {
        GatewayTraffic traffic = counters.traffic(process, since, clock.instant(), MOST);
        if (traffic.edges().isEmpty()) {
            return;
        }
        try {
            Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
            Files.write(temporary, ContractJson.canonical(traffic));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                log.warn("What was counted cannot be written to {}: {}", file, e.toString());
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
