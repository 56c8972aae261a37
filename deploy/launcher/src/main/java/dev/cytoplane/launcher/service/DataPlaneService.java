package dev.cytoplane.launcher.service;

import dev.cytoplane.cli.Variable;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.keycloak.KeycloakService;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.launcher.registration.LocalDataPlane;
import dev.cytoplane.launcher.service.JvmCommand.Code;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.Processes;
import dev.cytoplane.process.RunningProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The data plane, which starts the cell gateway itself. Before it has joined it needs the control plane; later it starts
 * beside it, and its cells run even if the control plane never comes.
 */
public final class DataPlaneService implements Service {

    public static final String NAME = "data-plane";
    public static final String GATEWAY = "cell-gateway";
    private static final Duration JOIN = Duration.ofSeconds(60);
    /** Cells are given time to finish their calls. */
    private static final Duration GRACE = Duration.ofSeconds(45);

    private static final Duration LEFT_OVER = Duration.ofSeconds(10);

    private final Home home;
    private final Platform platform;
    private final Installation installation;
    private final Toolchains toolchains;
    private final LocalDataPlane registration;
    private final Probe probe;

    public DataPlaneService(
            Home home,
            Platform platform,
            Installation installation,
            Toolchains toolchains,
            LocalDataPlane registration,
            Probe probe) {
        this.home = home;
        this.platform = platform;
        this.installation = installation;
        this.toolchains = toolchains;
        this.registration = registration;
        this.probe = probe;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return registration.hasJoined() ? List.of() : List.of(KeycloakService.NAME, ControlPlaneService.NAME);
    }

    @Override
    public List<PortName> ports() {
        return List.of(PortName.DATA_PLANE_MANAGEMENT);
    }

    @Override
    public void prepare() {
        home.folder(NAME);
        if (!registration.hasJoined()) {
            registration.admit();
        }
    }

    @Override
    public ProcessSpec specification() {
        Map<String, String> environment = new HashMap<>(Environments.basic(toolchains));
        Path state = home.file(NAME);
        environment.put("MANAGEMENT_PORT", "" + platform.port(PortName.DATA_PLANE_MANAGEMENT));
        environment.put("SPRING_CONFIG_IMPORT", "optional:file:" + registration.joinFile());
        environment.put("CYTOPLANE_DATAPLANE_STATE", state.toString());
        environment.put("CYTOPLANE_DATAPLANE_LINKURL", platform.linkUrl().toString());
        environment.put("CYTOPLANE_DATAPLANE_JAVAHOME", System.getProperty("java.home"));
        toolchains.node().ifPresent(node -> environment.put("CYTOPLANE_DATAPLANE_NODEHOME", node.toString()));
        platform.otlpEndpoint()
                .ifPresent(endpoint -> environment.put("CYTOPLANE_DATAPLANE_TELEMETRYENDPOINT", endpoint));
        environment.put("CYTOPLANE_DATAPLANE_GATEWAY_HTTPPORT", "" + platform.port(PortName.HTTP));
        environment.put("CYTOPLANE_DATAPLANE_GATEWAY_HTTPSPORT", "" + platform.port(PortName.HTTPS));
        List<String> gateway = gatewayCommand();
        for (int i = 0; i < gateway.size(); i++) {
            environment.put("CYTOPLANE_DATAPLANE_GATEWAY_COMMAND_" + i, gateway.get(i));
        }
        return new ProcessSpec(
                NAME,
                JvmCommand.of(installation, NAME, "dev.cytoplane.dataplane.DataPlane", 64, Code.PLAIN),
                state,
                environment,
                home.file("logs").resolve(NAME + ".log"));
    }

    /** How the data plane starts the gateway of its cells; it adds the gateway's folders. */
    public List<String> gatewayCommand() {
        List<String> command = new java.util.ArrayList<>(
                JvmCommand.of(installation, GATEWAY, "dev.cytoplane.gateway.CellGateway", 64, gatewayCode()));
        command.add(1, "-XX:MaxDirectMemorySize=32m");
        command.add("--management.server.port=" + platform.port(PortName.GATEWAY_MANAGEMENT));
        return command;
    }

    private Code gatewayCode() {
        Variable variable = Variable.CYTOPLANE_GATEWAY_JIT;
        return Code.of(variable.name(), Objects.requireNonNullElse(variable.in(toolchains.environment()), "c2"));
    }

    @Override
    public boolean answers() {
        return probe.succeeds(
                URI.create("http://127.0.0.1:" + platform.port(PortName.DATA_PLANE_MANAGEMENT) + "/readyz"));
    }

    /** The first time it waits for the join, so that the one-time token is used up before others rely on it. */
    @Override
    public void settle() throws IOException, InterruptedException {
        if (Files.notExists(registration.joinFile())) {
            return;
        }
        Instant deadline = Instant.now().plus(JOIN);
        while (!registration.isConnected()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("did not join the control plane within " + JOIN.toSeconds() + " s");
            }
            Thread.sleep(Duration.ofMillis(200));
        }
        registration.forgetToken();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(2);
    }

    @Override
    public void stop(RunningProcess process) {
        process.stop(GRACE).join();
    }

    /** The gateway and the instances of components outlive a data plane that crashes. */
    @Override
    public void sweep() {
        for (String folder : List.of("gateway/process", "instances/processes")) {
            Path processes = home.file(NAME).resolve(folder);
            if (Files.isDirectory(processes)) {
                try (Processes left = new Processes(processes)) {
                    left.endOrphans(List.of(), LEFT_OVER).join();
                }
            }
        }
    }
}
