package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.output.Progress;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.service.Service;
import dev.cytoplane.launcher.service.Toolchains;
import dev.cytoplane.launcher.supervisor.PlatformServices;
import dev.cytoplane.launcher.supervisor.ServicePhase;
import dev.cytoplane.launcher.supervisor.Standstill;
import dev.cytoplane.launcher.supervisor.SupervisorState;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
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
    public Integer call() throws IOException {
        try (Standstill standstill = reach()) {
            session.output()
                    .result(
                            standstill.somethingRan()
                                    ? "The platform is down. Its data stays in "
                                            + session.home().root() + "."
                                    : "The platform was not running.");
        }
        return 0;
    }

    /** Stops everything; nothing starts again until it is closed. */
    Standstill reach() throws IOException {
        try (Progress progress = session.output().progress("Stopping the platform")) {
            return Standstill.of(session.home(), services(), now -> progress.update(describe(now)));
        }
    }

    private List<Service> services() {
        return Platform.read(session.home())
                .map(platform -> PlatformServices.of(
                        session.home(),
                        platform,
                        new Credentials(session.home(), new SecureRandom()),
                        Installation.find(),
                        new Toolchains(session.environment())))
                .orElse(List.of());
    }

    private static String describe(SupervisorState state) {
        String left = state.services().stream()
                .filter(service -> service.phase() == ServicePhase.STOPPING)
                .map(SupervisorState.ServiceState::name)
                .collect(Collectors.joining(", "));
        return left.isEmpty() ? "Stopping the platform" : "Stopping " + left;
    }
}
