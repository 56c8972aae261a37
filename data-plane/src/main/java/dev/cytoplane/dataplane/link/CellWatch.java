package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.cell.DesiredCells;
import dev.cytoplane.dataplane.runtime.BuildOrders;
import dev.cytoplane.dataplane.runtime.TaskOrders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one watch stream from beginning to end. */
final class CellWatch {

    private static final Logger log = LoggerFactory.getLogger(CellWatch.class);

    private final LinkClient link;
    private final DesiredCells cells;
    private final Consumer<LinkEvent.LogsWanted> logsWanted;
    private final Consumer<LinkEvent.CallWanted> callWanted;
    private final TaskOrders tasks;
    private final BuildOrders builds;
    private final ScheduledExecutorService timer;
    private final Duration silence;
    private volatile long lastHeardNanos;
    /** The cells that the snapshot has named so far; null outside a snapshot. */
    private @Nullable Set<String> snapshot;

    CellWatch(
            LinkClient link,
            DesiredCells cells,
            Consumer<LinkEvent.LogsWanted> logsWanted,
            Consumer<LinkEvent.CallWanted> callWanted,
            TaskOrders tasks,
            BuildOrders builds,
            ScheduledExecutorService timer,
            Duration silence) {
        this.link = link;
        this.cells = cells;
        this.logsWanted = logsWanted;
        this.callWanted = callWanted;
        this.tasks = tasks;
        this.builds = builds;
        this.timer = timer;
        this.silence = silence;
    }

    /** Returns when the stream ends. */
    void follow(Runnable connected) throws IOException, InterruptedException {
        String from = cells.revision().map(revision -> "?revision=" + revision).orElse("");
        HttpResponse<InputStream> response = link.send(
                link.request("/link/v1/cells" + from).timeout(silence).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        snapshot = null;
        lastHeardNanos = System.nanoTime();
        try (InputStream stream = response.body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            ScheduledFuture<?> watchdog =
                    timer.scheduleWithFixedDelay(() -> closeWhenSilent(stream), 1, 1, TimeUnit.SECONDS);
            try {
                connected.run();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    lastHeardNanos = System.nanoTime();
                    if (!line.isBlank()) {
                        take(ContractJson.MAPPER.readValue(line, LinkEvent.class));
                    }
                }
            } finally {
                watchdog.cancel(false);
            }
        }
    }

    private void closeWhenSilent(InputStream stream) {
        if (System.nanoTime() - lastHeardNanos > silence.toNanos()) {
            log.warn("The control plane has been silent for {} s: connecting again", silence.toSeconds());
            try {
                stream.close();
            } catch (IOException e) {
                log.debug("The silent stream cannot be closed", e);
            }
        }
    }

    private void take(LinkEvent event) {
        Set<String> named = snapshot;
        switch (event) {
            case LinkEvent.SnapshotStarted() -> snapshot = new HashSet<>();
            case LinkEvent.CellChanged(long revision, var cell) -> {
                try {
                    cells.put(cell);
                } catch (IllegalArgumentException e) {
                    log.error("A cell cannot run here", e);
                }
                if (named != null) {
                    named.add(cell.metadata().name());
                } else {
                    cells.revision(revision);
                }
            }
            case LinkEvent.CellDeleted(long revision, String cell) -> {
                cells.remove(cell);
                if (named == null) {
                    cells.revision(revision);
                }
            }
            case LinkEvent.SnapshotCompleted(long revision) -> {
                if (named != null) {
                    cells.wanted().stream()
                            .filter(cell -> !named.contains(cell))
                            .forEach(cells::remove);
                }
                snapshot = null;
                // Only now: a stream that is cut inside a snapshot must start with a snapshot again.
                cells.revision(revision);
            }
            case LinkEvent.Heartbeat(long revision) -> log.trace("Heartbeat at revision {}", revision);
            case LinkEvent.LogsWanted wanted -> logsWanted.accept(wanted);
            case LinkEvent.CallWanted wanted -> callWanted.accept(wanted);
            case LinkEvent.RunWanted(var run, String cell, String component, var arguments) ->
                tasks.start(run, cell, component, arguments);
            case LinkEvent.RunUnwanted(var run, String cell, String component) -> tasks.cancel(run, cell, component);
            case LinkEvent.BuildsWanted(var wanted) -> builds.wanted(wanted);
        }
    }
}
