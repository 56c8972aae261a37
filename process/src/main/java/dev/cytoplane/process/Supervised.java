package dev.cytoplane.process;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process with the tree it started, held together by the marker in its environment and by its session. */
final class Supervised implements RunningProcess {

    private static final Duration PAUSE = Duration.ofMillis(40);

    private final String id;
    private final long pid;
    private final String identity;
    private final Instant startedAt;
    private final String marker;
    private final OperatingSystem system;
    private final Executor executor;
    private final CompletableFuture<ExitReport> exit = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();

    Supervised(
            String id,
            long pid,
            String identity,
            Instant startedAt,
            String marker,
            OperatingSystem system,
            Executor executor) {
        this.id = id;
        this.pid = pid;
        this.identity = identity;
        this.startedAt = startedAt;
        this.marker = marker;
        this.system = system;
        this.executor = executor;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone() && system.identity(pid).filter(identity::equals).isPresent();
    }

    @Override
    public CompletableFuture<ExitReport> onExit() {
        return exit.copy();
    }

    @Override
    public CompletableFuture<ExitReport> stop(Duration grace) {
        if (stopping.compareAndSet(false, true)) {
            executor.execute(() -> end(grace));
        }
        return onExit();
    }

    @Override
    public Usage usage() {
        return isAlive() ? system.usage(system.recentTree(pid)) : new Usage(0, 0);
    }

    private void end(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        members().forEach(member -> ProcessHandle.of(member).ifPresent(ProcessHandle::destroy));
        while (System.nanoTime() < deadline && !members().isEmpty()) {
            if (!pause()) {
                return;
            }
        }
        kill();
    }

    /** SIGKILL until nothing is left; again and again, since what is being ended may still have forked. */
    void kill() {
        for (Set<Long> left = members(); !left.isEmpty(); left = members()) {
            left.forEach(member -> ProcessHandle.of(member).ifPresent(ProcessHandle::destroyForcibly));
            if (!pause()) {
                return;
            }
        }
    }

    /** The process has ended. What it left behind goes too, unless {@link #end} is giving it time. */
    void ended(ExitReport report, Runnable cleanUp) {
        if (stopping.compareAndSet(false, true)) {
            kill();
        } else {
            while (!members().isEmpty() && pause()) {
                // Ends with the grace period at the latest.
            }
        }
        cleanUp.run();
        exit.complete(report);
    }

    private Set<Long> members() {
        Set<Long> members = new HashSet<>(system.marked(marker));
        if (isAlive()) {
            members.addAll(system.tree(pid));
        }
        return members;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
