package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Progress;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.supervisor.ServicePhase;
import dev.cytoplane.launcher.supervisor.SupervisorProcess;
import dev.cytoplane.launcher.supervisor.SupervisorState;
import dev.cytoplane.launcher.supervisor.SupervisorState.ServiceState;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the platform of a home, or waits for the one that is starting. */
@Command(
        name = "up",
        description = {
            "Start the platform on this machine.",
            "Everything it keeps is in the state folder; nothing is installed. Runs in the background until cyto down."
        })
public final class Up implements Callable<Integer> {

    private final Session session;

    @Mixin
    private PortFlags ports = new PortFlags();

    @Option(names = "--foreground", description = "Stay in this terminal; Ctrl-C stops the platform.")
    private boolean foreground;

    public Up(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (foreground) {
            return new Foreground(session).run(ports.wanted(), Optional.ofNullable(ports.otlpEndpoint));
        }
        SupervisorState state = start(session, ports.asOptions());
        summary(state);
        return 0;
    }

    /** Returns when the platform is ready. */
    static SupervisorState start(Session session, List<String> flags) throws IOException {
        Home home = session.home();
        Output output = session.output();
        SupervisorProcess supervisor = new SupervisorProcess(home);
        supervisor.awaitEnd();
        if (supervisor.running().isEmpty()) {
            supervisor.start(Installation.find(), flags);
        }
        Set<String> told = new HashSet<>();
        try (Progress progress = output.progress("Starting the platform")) {
            return supervisor.awaitReady(state -> show(output, progress, state, told));
        }
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

    private void summary(SupervisorState state) {
        Output output = session.output();
        Platform platform = Platform.read(session.home()).orElseThrow();
        output.note("");
        output.result("The platform is up: " + platform.apiUrl());
        output.note("You are signed in as admin on this machine. Elsewhere: cyto login --server " + platform.apiUrl());
        output.note("Next: cyto demo, cyto status, cyto deploy. Stop it: cyto down.");
    }
}
