package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Progress;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.launcher.supervisor.ServicePhase;
import dev.cytoplane.launcher.supervisor.SupervisorProcess;
import dev.cytoplane.launcher.supervisor.SupervisorState;
import dev.cytoplane.launcher.supervisor.SupervisorState.ServiceState;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A platform that is up. When this run started it and is interrupted before {@link #keep}, it is stopped again; one that
 * was running before is never touched.
 */
public final class Start implements AutoCloseable {

    private static final Duration LONGEST_UNDOING = Duration.ofMinutes(5);

    private final SupervisorProcess supervisor;
    private final Output output;
    private volatile boolean kept;
    private volatile boolean undoing;

    private Start(SupervisorProcess supervisor, Output output) {
        this.supervisor = supervisor;
        this.output = output;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::undo));
    }

    /** Returns when the platform is ready. */
    public static Start of(Session session, PortFlags flags) throws IOException {
        Output output = session.output();
        SupervisorProcess supervisor = new SupervisorProcess(session.home());
        Start start = new Start(supervisor, output);
        Set<String> told = new HashSet<>();
        try (Progress progress = output.progress("Starting the platform")) {
            supervisor.bringUp(flags.asOptions(), state -> show(output, progress, state, told));
        } catch (Failure e) {
            start.close();
            throw e;
        }
        return start;
    }

    /** From now on it stays. */
    public void keep() {
        kept = true;
    }

    private void undo() {
        if (!kept && supervisor.isOurs()) {
            undoing = true;
            output.note("Interrupted: what this run has started is being stopped.");
            supervisor.takeBack();
        }
    }

    /** A failure leaves the platform up, so that one can look; only an interruption stops it. */
    @Override
    public void close() {
        if (undoing) {
            // What fails now fails because the platform is being stopped: nobody wants to read of it. The process ends
            // with the undoing.
            try {
                Thread.sleep(LONGEST_UNDOING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        kept = true;
    }

    private static void show(Output output, Progress progress, SupervisorState state, Set<String> told) {
        for (ServiceState service : state.services()) {
            if (service.phase() == ServicePhase.READY && told.add(service.name())) {
                output.note("  %s %-14s ready%s"
                        .formatted(
                                output.errStyle(Style.GOOD, "✓"),
                                service.name(),
                                service.readyMillis() == null
                                        ? ""
                                        : " in %.1f s".formatted(service.readyMillis() / 1000.0)));
            }
            if (service.phase() == ServicePhase.BACKING_OFF && told.add(service.name() + service.restarts())) {
                output.note("  %s %-14s %s; trying again"
                        .formatted(output.errStyle(Style.WARNING, "!"), service.name(), service.message()));
            }
        }
        String starting = state.services().stream()
                .filter(service -> service.phase() == ServicePhase.STARTING)
                .map(ServiceState::name)
                .collect(Collectors.joining(", "));
        progress.update(starting.isEmpty() ? "Starting the platform" : "Starting " + starting);
    }
}
