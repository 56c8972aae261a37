package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.launcher.service.Probe;
import dev.cytoplane.launcher.supervisor.ServicePhase;
import dev.cytoplane.launcher.supervisor.SupervisorState.ServiceState;
import dev.cytoplane.process.Processes;
import dev.cytoplane.process.RunningProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The cell gateway, which the data plane runs, seen from outside. */
final class Gateway {

    static final String NAME = "cell-gateway";

    private Gateway() {}

    static ServiceState state(Home home, Platform platform) {
        int port = platform.port(PortName.GATEWAY_MANAGEMENT);
        Path folder = home.file("data-plane").resolve("gateway/process");
        Optional<RunningProcess> process = Optional.empty();
        if (Files.isDirectory(folder)) {
            try (Processes processes = new Processes(folder)) {
                process = processes.running().stream()
                        .flatMap(id -> processes.adopt(id).stream())
                        .findFirst();
            }
        }
        boolean answers =
                process.isPresent() && new Probe().succeeds(URI.create("http://127.0.0.1:" + port + "/readyz"));
        ServicePhase phase =
                process.isEmpty() ? ServicePhase.STOPPED : answers ? ServicePhase.READY : ServicePhase.STARTING;
        return new ServiceState(
                NAME,
                phase,
                process.map(RunningProcess::pid).orElse(null),
                platform.port(PortName.HTTP),
                0,
                "",
                process.map(RunningProcess::startedAt).orElseGet(Instant::now),
                null);
    }
}
