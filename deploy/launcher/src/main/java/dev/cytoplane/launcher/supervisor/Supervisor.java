package dev.cytoplane.launcher.supervisor;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.service.Service;
import dev.cytoplane.launcher.supervisor.SupervisorState.Phase;
import dev.cytoplane.process.Processes;
import dev.cytoplane.process.Sighting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the services of one home until it is stopped. At most one supervisor runs for a home, held by a lock on
 * {@code run/supervisor.lock} that the operating system gives back when the process ends, however it ends.
 */
public final class Supervisor {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(20);

    private final Home home;
    private final Map<String, ServiceRunner> runners = new LinkedHashMap<>();
    private final Processes processes;
    private final Runnable finish;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Phase phase = Phase.STARTING;
    private @Nullable String message;
    private boolean stopping;

    /**
     * @param services in the order of their needs
     * @param finish what is done once all services are ready
     */
    public Supervisor(Home home, Platform platform, List<Service> services, Runnable finish) {
        this.home = home;
        this.finish = finish;
        this.processes = new Processes(home.folder("run/processes"));
        Fingerprints fingerprints = new Fingerprints(home);
        for (Service service : services) {
            runners.put(service.name(), new ServiceRunner(service, platform, processes, fingerprints, this));
        }
    }

    /** The right to supervise a home; empty when another process has it. */
    public static Optional<FileLock> lock(Home home) throws IOException {
        FileChannel channel = FileChannel.open(
                home.folder("run").resolve("supervisor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(lock);
            }
        } catch (OverlappingFileLockException e) {
            // This process has it already.
        }
        channel.close();
        return Optional.empty();
    }

    /** Starts everything, and returns when all is ready. @throws CompletionException when a service cannot be started */
    public void start() {
        changed();
        processes.endOrphans(runners.keySet(), ORPHAN_GRACE).join();
        runners.values().forEach(ServiceRunner::start);
        try {
            awaitAny();
            finish.run();
            enter(Phase.READY, null);
        } catch (RuntimeException e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            if (!isStopping()) {
                enter(Phase.FAILED, describe(cause));
            }
            throw e;
        }
    }

    private String describe(Throwable cause) {
        String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return runners.values().stream()
                .filter(runner -> runner.state().phase() == ServicePhase.FAILED)
                .map(runner -> runner.service().name() + ": " + what)
                .findFirst()
                .orElse(what);
    }

    /** All ready, or the first that is given up. */
    private void awaitAny() {
        List<CompletableFuture<Void>> all =
                runners.values().stream().map(ServiceRunner::firstReady).toList();
        CompletableFuture<Void> failed = new CompletableFuture<>();
        all.forEach(each -> each.exceptionally(thrown -> {
            failed.completeExceptionally(thrown);
            return null;
        }));
        CompletableFuture<Void> ready = CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
        CompletableFuture.anyOf(ready, failed).join();
    }

    void awaitReady(List<String> names) throws InterruptedException {
        for (String name : names) {
            ServiceRunner runner = runners.get(name);
            while (runner != null && runner.state().phase() != ServicePhase.READY) {
                Thread.sleep(Duration.ofMillis(50));
            }
        }
    }

    /** Ends the services, those that need others first, and the wait of {@link #await}. */
    public void stop() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            stopping = true;
        }
        if (phase != Phase.FAILED) {
            enter(Phase.STOPPING, null);
        }
        List<ServiceRunner> left = new ArrayList<>(runners.values());
        while (!left.isEmpty()) {
            List<ServiceRunner> free = left.stream()
                    .filter(candidate -> left.stream()
                            .noneMatch(other -> other.service()
                                    .needs()
                                    .contains(candidate.service().name())))
                    .toList();
            List<Thread> ending = free.stream()
                    .map(runner -> Thread.ofVirtual().start(runner::stop))
                    .toList();
            for (Thread each : ending) {
                try {
                    each.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            left.removeAll(free);
        }
        processes.close();
        log.info("Stopped");
        ended.countDown();
    }

    /** Returns when {@link #stop} is done. */
    public void await() throws InterruptedException {
        ended.await();
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void enter(Phase next, @Nullable String why) {
        synchronized (this) {
            phase = next;
            message = why;
        }
        changed();
    }

    /** Tells the new state. A full disk keeps it from being told, not the services from being watched. */
    synchronized void changed() {
        try {
            state().write(home);
        } catch (UncheckedIOException e) {
            log.warn("The state cannot be told", e);
        }
    }

    public synchronized SupervisorState state() {
        ProcessHandle self = ProcessHandle.current();
        return new SupervisorState(
                self.pid(),
                Sighting.identity(self.pid()).orElse(""),
                self.info().startInstant().orElse(Instant.EPOCH),
                phase,
                message,
                runners.values().stream().map(ServiceRunner::state).toList());
    }
}
