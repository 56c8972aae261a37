package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.output.Progress;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.service.Toolchains;
import dev.cytoplane.launcher.supervisor.LeftOver;
import dev.cytoplane.launcher.supervisor.PlatformServices;
import dev.cytoplane.launcher.supervisor.ServicePhase;
import dev.cytoplane.launcher.supervisor.SupervisorProcess;
import dev.cytoplane.launcher.supervisor.SupervisorState;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Stops the platform of a home with its cells; also what a killed supervisor left. */
@Command(
        name = "down",
        description = {"Stop the platform on this machine, with its cells.", "Data stays. Nothing keeps running."})
public final class Down implements Callable<Integer> {

    private final Session session;

    public Down(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.output()
                .result(
                        stop()
                                ? "The platform is down. Its data stays in "
                                        + session.home().root() + "."
                                : "The platform was not running.");
        return 0;
    }

    /** @return false when nothing ran */
    boolean stop() {
        SupervisorProcess supervisor = new SupervisorProcess(session.home());
        Optional<SupervisorState> running = supervisor.running();
        try (Progress progress = session.output().progress("Stopping the platform")) {
            running.ifPresent(state -> supervisor.stop(state, now -> progress.update(describe(now))));
            return !endLeftOvers().isEmpty() || running.isPresent();
        }
    }

    private List<String> endLeftOvers() {
        Optional<Platform> platform = Platform.read(session.home());
        if (platform.isEmpty() || !Files.isDirectory(session.home().file("run"))) {
            return List.of();
        }
        return LeftOver.end(
                session.home(),
                PlatformServices.of(
                        session.home(),
                        platform.get(),
                        new Credentials(session.home(), new SecureRandom()),
                        Installation.find(),
                        new Toolchains(session.environment())));
    }

    private static String describe(SupervisorState state) {
        String left = state.services().stream()
                .filter(service -> service.phase() == ServicePhase.STOPPING)
                .map(SupervisorState.ServiceState::name)
                .collect(Collectors.joining(", "));
        return left.isEmpty() ? "Stopping the platform" : "Stopping " + left;
    }
}
