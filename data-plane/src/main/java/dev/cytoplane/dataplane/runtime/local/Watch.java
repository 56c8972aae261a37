package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.process.ExitReport;
import dev.cytoplane.process.RunningProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Watches one process until it ends, or must be ended: never ready in time, not alive any more, or larger than it may
 * be. Used by one thread.
 */
final class Watch {

    /** Until it is ready: the sooner it is seen, the sooner the release is live. */
    private static final Duration EAGER = Duration.ofMillis(100);
    /** How long a process that offers nothing must run to count as ready. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /** Why the process needs too much memory, or null. */
    interface MemoryCheck {
        @Nullable
        String fault();
    }

    /** What its instance is told. */
    interface Listener {
        void ready();

        void unready(String fault);
    }

    /** @param becameReady whether it was ready at any time */
    record End(String cause, boolean becameReady) {}

    private final RunningProcess process;
    private final InstanceRecord instance;
    private final MemoryCheck memory;
    private final Prober prober;
    private final CompletableFuture<?> ending;
    private final Listener listener;

    private final long startedNanos = System.nanoTime();
    private boolean everReady;
    private boolean ready;
    private int unreadyInARow;
    private int deadInARow;
    private String fault = "no probe has succeeded yet";

    Watch(
            RunningProcess process,
            InstanceRecord instance,
            MemoryCheck memory,
            Prober prober,
            CompletableFuture<?> ending,
            Listener listener) {
        this.process = process;
        this.instance = instance;
        this.memory = memory;
        this.prober = prober;
        this.ending = ending;
        this.listener = listener;
    }

    /** Returns when the process has ended, or {@code ending} is complete: then it may still run. */
    End untilItEnds() throws InterruptedException {
        CompletableFuture<ExitReport> exit = process.onExit();
        Cell.Probe readiness = instance.probes().readiness();
        Cell.Probe liveness = instance.probes().liveness();
        long nextReadiness = System.nanoTime();
        long nextLiveness = nextReadiness;
        while (!exit.isDone() && !ending.isDone()) {
            long now = System.nanoTime();
            if (now >= nextReadiness) {
                checkReadiness(readiness);
                Duration pause = everReady ? Duration.ofSeconds(Math.max(1, readiness.periodSeconds())) : EAGER;
                nextReadiness = System.nanoTime() + pause.toNanos();
            }
            if (liveness != null && everReady && now >= nextLiveness) {
                checkLiveness(liveness);
                nextLiveness = System.nanoTime()
                        + Duration.ofSeconds(Math.max(1, liveness.periodSeconds()))
                                .toNanos();
            }
            String mustEnd = exit.isDone() ? null : reasonToEnd(readiness, liveness);
            if (mustEnd != null) {
                process.stop(Duration.ofSeconds(instance.gracePeriodSeconds())).join();
                return new End(mustEnd, everReady);
            }
            long next = liveness == null || !everReady ? nextReadiness : Math.min(nextReadiness, nextLiveness);
            await(CompletableFuture.anyOf(exit, ending), next - System.nanoTime());
        }
        return new End(exit.isDone() ? "It " + exit.join().describe() : "It is being ended", everReady);
    }

    private @Nullable String reasonToEnd(Cell.Probe readiness, Cell.@Nullable Probe liveness) {
        long seconds = Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds();
        if (!everReady && seconds >= Math.max(1, readiness.startupSeconds())) {
            return "It was not ready within " + readiness.startupSeconds() + " s: " + fault;
        }
        if (liveness != null && deadInARow >= Math.max(1, liveness.failureThreshold())) {
            return "It was restarted because its liveness probe failed " + deadInARow + " times: " + fault;
        }
        String tooLarge = memory.fault();
        if (tooLarge != null) {
            return "It was restarted because " + tooLarge;
        }
        return null;
    }

    private void checkReadiness(Cell.Probe probe) throws InterruptedException {
        String found = readinessFault(probe);
        // A success counts only while the process lives: another server may have its port.
        if (found == null && process.isAlive()) {
            unreadyInARow = 0;
            everReady = true;
            if (!ready) {
                ready = true;
                listener.ready();
            }
        } else if (found != null) {
            fault = found;
            if (ready && ++unreadyInARow >= Math.max(1, probe.failureThreshold())) {
                ready = false;
                listener.unready(found);
            }
        }
    }

    private @Nullable String readinessFault(Cell.Probe probe) throws InterruptedException {
        if (instance.probedPort() != 0) {
            return prober.fault(probe, instance.probedPort());
        }
        return System.nanoTime() - startedNanos >= SETTLED.toNanos() ? null : "it has only just started";
    }

    private void checkLiveness(Cell.Probe probe) throws InterruptedException {
        String found = instance.probedPort() == 0 ? null : prober.fault(probe, instance.probedPort());
        deadInARow = found == null ? 0 : deadInARow + 1;
        if (found != null) {
            fault = found;
        }
    }

    private static void await(CompletableFuture<?> future, long nanos) throws InterruptedException {
        try {
            future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // It is time for the next probe.
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }
}
