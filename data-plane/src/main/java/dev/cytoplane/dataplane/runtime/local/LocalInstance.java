package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.CellStatus.InstancePhase;
import dev.cytoplane.dataplane.runtime.Instance;
import dev.cytoplane.dataplane.runtime.Workload;
import dev.cytoplane.dataplane.storage.StateFiles;
import dev.cytoplane.process.BackOff;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One slot of a workload: keeps one process alive until it is ended. Each instance has a virtual thread of its own. */
final class LocalInstance {

    private static final Logger log = LoggerFactory.getLogger(LocalInstance.class);
    private static final int CAUSE_LINES = 6;
    private static final int OTHER_PORTS = 5;

    private final Surroundings shared;
    private final BackOff backOff;
    private final CompletableFuture<Void> ending = new CompletableFuture<>();
    private final CompletableFuture<Void> firstVerdict = new CompletableFuture<>();
    private final UsageSamples usage = new UsageSamples();
    private volatile InstanceRecord entry;
    private volatile @Nullable Workload workload;
    private volatile @Nullable RunningProcess process;
    private volatile InstancePhase phase = InstancePhase.STARTING;
    private volatile Instant startedAt;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile int failedStarts;
    private volatile @Nullable String lastExit;

    LocalInstance(
            Surroundings shared, InstanceRecord entry, @Nullable Workload workload, @Nullable RunningProcess adopted) {
        this.shared = shared;
        this.entry = entry;
        this.workload = workload;
        this.process = adopted;
        this.startedAt = adopted == null ? entry.createdAt() : adopted.startedAt();
        this.backOff = shared.backOffs().get();
    }

    void begin() {
        Thread.ofVirtual().name(entry.id()).start(this::supervise);
    }

    InstanceRecord entry() {
        return entry;
    }

    boolean isEnding() {
        return ending.isDone();
    }

    /** An adopted instance has no workload until the cell is reconciled; without one it cannot be restarted. */
    void attach(Workload workload) {
        this.workload = workload;
    }

    void end() {
        if (ending.complete(null)) {
            phase = InstancePhase.STOPPING;
            shared.changed().accept(this);
        }
    }

    /** Completes when it is known for the first time whether the instance is ready. */
    CompletableFuture<Void> firstVerdict() {
        return firstVerdict;
    }

    private void supervise() {
        try {
            RunningProcess running = process;
            while (!ending.isDone()) {
                long before = System.nanoTime();
                if (running == null) {
                    running = start();
                }
                Watch.End end = running == null ? new Watch.End(String.valueOf(lastExit), false) : watch(running);
                if (ending.isDone()) {
                    break;
                }
                running = null;
                process = null;
                if (!again(end, Duration.ofNanos(System.nanoTime() - before))) {
                    break;
                }
            }
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("The supervision of {} failed", entry.id(), e);
            finish();
        } finally {
            firstVerdict.complete(null);
        }
    }

    private @Nullable RunningProcess start() {
        Workload wanted = workload;
        if (wanted == null) {
            return null;
        }
        Path folder = shared.settings().componentFolder(entry.cell(), entry.component());
        try {
            StateFiles.folder(folder.resolve("data"));
            StateFiles.folder(folder.resolve("tmp"));
            // The record comes first: a process without one is an orphan, a record without a process is nothing.
            shared.writeRecord(entry);
            RunningProcess started = shared.processes()
                    .start(new ProcessSpec(
                            entry.id(),
                            CommandLine.of(wanted, shared.settings().javaHome()),
                            wanted.artifact(),
                            Variables.of(wanted, entry, shared.settings()),
                            shared.logs().file(entry.cell(), entry.component(), entry.id())));
            process = started;
            startedAt = started.startedAt();
            phase = InstancePhase.STARTING;
            shared.changed().accept(this);
            return started;
        } catch (IOException | RuntimeException e) {
            lastExit = "It could not be started: " + e.getMessage();
            return null;
        }
    }

    private Watch.End watch(RunningProcess running) throws InterruptedException {
        Watch watch = new Watch(running, entry, this::memoryFault, shared.prober(), ending, new Watch.Listener() {
            @Override
            public void ready() {
                failedStarts = 0;
                enter(InstancePhase.READY);
                firstVerdict.complete(null);
            }

            @Override
            public void unready(String fault) {
                log.info("{} is not ready any more: {}", entry.id(), fault);
                enter(InstancePhase.UNREADY);
            }
        });
        return watch.untilItEnds();
    }

    /** The limit is asked for each time: an adopted instance learns it when its cell is looked at. */
    private @Nullable String memoryFault() {
        Workload wanted = workload;
        Long limit = wanted == null ? null : wanted.component().memoryBytes();
        Long used = usage.memoryBytes();
        return limit == null || used == null || used <= limit
                ? null
                : "it used " + (used >> 20) + " MiB of memory; its limit is " + (limit >> 20) + " MiB";
    }

    private void enter(InstancePhase next) {
        if (!ending.isDone()) {
            phase = next;
            shared.changed().accept(this);
        }
    }

    /** Waits for the next start. False when there must not be one. */
    private boolean again(Watch.End end, Duration ran) throws InterruptedException {
        firstVerdict.complete(null);
        usage.clear();
        lastExit = end.becameReady() ? end.cause() : withLastLines(end.cause());
        log.info("{}: {}", entry.id(), end.cause());
        if (workload == null) {
            return false;
        }
        restarts.incrementAndGet();
        failedStarts = end.becameReady() ? 0 : failedStarts + 1;
        if (!end.becameReady() && failedStarts <= OTHER_PORTS && takeOtherPorts()) {
            enter(InstancePhase.STARTING);
            return true;
        }
        enter(InstancePhase.BACKING_OFF);
        try {
            ending.get(backOff.after(ran).toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its process has ended, so a port that somebody listens on is somebody else's. */
    private boolean takeOtherPorts() {
        InstanceRecord moved = entry.withPorts(shared.ports().instead(entry.ports()));
        boolean others = !moved.equals(entry);
        if (others) {
            log.info("{} gets other ports, since another process took one of {}", entry.id(), entry.ports());
            entry = moved;
        }
        return others;
    }

    private String withLastLines(String cause) {
        String lines = shared.logs().last(entry.cell(), entry.component(), entry.id(), CAUSE_LINES);
        return lines.isBlank() ? cause : cause + ". Last lines of its log:\n" + lines;
    }

    private void finish() {
        phase = InstancePhase.STOPPING;
        RunningProcess running = process;
        if (running != null) {
            running.stop(Duration.ofSeconds(entry.gracePeriodSeconds())).join();
        }
        shared.deleteRecord(entry);
        entry.ports().values().forEach(shared.ports()::release);
        shared.ended().accept(this);
    }

    /** Called every few seconds. */
    void sample() {
        RunningProcess running = process;
        if (running != null && phase != InstancePhase.BACKING_OFF) {
            usage.take(running);
        }
    }

    Instance view() {
        RunningProcess running = process;
        InstanceRecord current = entry;
        return new Instance(
                current.id(),
                current.component(),
                current.release(),
                current.revision(),
                current.slot(),
                phase,
                current.ports().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, port -> "127.0.0.1:" + port.getValue())),
                running == null ? null : running.pid(),
                current.createdAt(),
                startedAt,
                restarts.get(),
                failedStarts,
                lastExit,
                usage.memoryBytes(),
                usage.cpuMillis());
    }
}
