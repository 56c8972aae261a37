package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.launcher.service.Probe;
import dev.cytoplane.launcher.supervisor.ServicePhase;
import dev.cytoplane.launcher.supervisor.SupervisorState.ServiceState;
import dev.cytoplane.process.Sighting;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** The cell gateway, which the data plane runs, seen from outside. */
final class Gateway {

    static final String NAME = "cell-gateway";

    private Gateway() {}

    static ServiceState state(Home home, Platform platform) {
        int port = platform.port(PortName.GATEWAY_MANAGEMENT);
        Optional<Sighting> process = Sighting.only(home.file("data-plane").resolve("gateway/process"));
        boolean answers =
                process.isPresent() && new Probe().succeeds(URI.create("http://127.0.0.1:" + port + "/readyz"));
        ServicePhase phase =
                process.isEmpty() ? ServicePhase.STOPPED : answers ? ServicePhase.READY : ServicePhase.STARTING;
        return new ServiceState(
                NAME,
                phase,
                process.map(Sighting::pid).orElse(null),
                platform.port(PortName.HTTP),
                0,
                "",
                process.map(Sighting::startedAt).orElseGet(Instant::now),
                null);
    }
}
