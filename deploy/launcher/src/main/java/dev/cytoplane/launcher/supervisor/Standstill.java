package dev.cytoplane.launcher.supervisor;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.service.Service;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A home in which nothing runs, and in which no supervisor can start until this is closed. */
public final class Standstill implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(100);

    private final @Nullable FileLock lock;
    private final boolean somethingRan;

    private Standstill(@Nullable FileLock lock, boolean somethingRan) {
        this.lock = lock;
        this.somethingRan = somethingRan;
    }

    /**
     * Ends the supervisor, then what one that was killed has left.
     *
     * @param services of this home; empty when it never had a platform
     * @param changed gets the states of the supervisor that is being stopped
     */
    public static Standstill of(Home home, List<Service> services, Consumer<SupervisorState> changed)
            throws IOException {
        SupervisorProcess supervisor = new SupervisorProcess(home);
        Instant deadline = Instant.now().plus(PATIENCE);
        boolean somethingRan = false;
        while (true) {
            Optional<SupervisorState> running = supervisor.running();
            if (running.isPresent()) {
                supervisor.stop(running.get(), changed);
                somethingRan = true;
            }
            if (!Files.isDirectory(home.file("run"))) {
                return new Standstill(null, somethingRan);
            }
            Optional<FileLock> lock = Supervisor.lock(home);
            if (lock.isPresent()) {
                somethingRan |= !LeftOver.end(home, services).isEmpty();
                return new Standstill(lock.get(), somethingRan);
            }
            // A supervisor has begun and has not said so yet, or another command does what this one is to do.
            if (Instant.now().isAfter(deadline)) {
                throw new Failure(
                        ExitCode.FAILED,
                        "Another command starts or stops the platform in " + home.root() + ".",
                        "Try again when it has ended.");
            }
            SupervisorProcess.pause(POLL);
        }
    }

    public boolean somethingRan() {
        return somethingRan;
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.acquiredBy().close();
        }
    }
}
