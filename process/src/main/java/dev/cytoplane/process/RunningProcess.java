package dev.cytoplane.process;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A process that was started or adopted. Thread-safe. */
public interface RunningProcess {

    String id();

    long pid();

    Instant startedAt();

    /** False from the moment it has ended, also before {@link #onExit} says so. */
    boolean isAlive();

    /**
     * Completes when the process has ended and nothing that it left behind runs any more. Each call gives a future of
     * its own; cancelling it has no effect on the process.
     */
    CompletableFuture<ExitReport> onExit();

    /**
     * SIGTERM to the process and all it started, then, for what is left after {@code grace}, SIGKILL.
     *
     * @return as {@link #onExit}
     */
    CompletableFuture<ExitReport> stop(Duration grace);

    /** What the process and all it started use now; zero when it has ended. */
    Usage usage();
}
