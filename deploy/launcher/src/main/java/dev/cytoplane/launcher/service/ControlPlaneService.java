package dev.cytoplane.launcher.service;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.launcher.postgres.PostgresService;
import dev.cytoplane.launcher.service.JvmCommand.Code;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.RunningProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The control plane. It starts beside Keycloak, which it needs only when somebody signs in. */
public final class ControlPlaneService implements Service {

    public static final String NAME = "control-plane";

    private final Home home;
    private final Platform platform;
    private final Credentials credentials;
    private final Installation installation;
    private final Toolchains toolchains;
    private final Probe probe;

    public ControlPlaneService(
            Home home,
            Platform platform,
            Credentials credentials,
            Installation installation,
            Toolchains toolchains,
            Probe probe) {
        this.home = home;
        this.platform = platform;
        this.credentials = credentials;
        this.installation = installation;
        this.toolchains = toolchains;
        this.probe = probe;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(PostgresService.NAME);
    }

    @Override
    public List<PortName> ports() {
        return List.of(PortName.API, PortName.LINK, PortName.WEBHOOK, PortName.CONTROL_PLANE_MANAGEMENT);
    }

    @Override
    public void prepare() {
        home.folder(NAME);
    }

    @Override
    public ProcessSpec specification() {
        Map<String, String> environment = new HashMap<>(Environments.basic(toolchains));
        String database = "jdbc:postgresql://127.0.0.1:" + platform.port(PortName.POSTGRES) + "/cytoplane";
        environment.put("SERVER_PORT", "" + platform.port(PortName.API));
        environment.put("MANAGEMENT_SERVER_PORT", "" + platform.port(PortName.CONTROL_PLANE_MANAGEMENT));
        environment.put("SPRING_DATASOURCE_URL", database);
        environment.put("SPRING_DATASOURCE_USERNAME", "cytoplane_app");
        environment.put("SPRING_DATASOURCE_PASSWORD", credentials.get(Credentials.Name.DATABASE_APPLICATION_PASSWORD));
        environment.put("SPRING_FLYWAY_USER", "cytoplane_owner");
        environment.put("SPRING_FLYWAY_PASSWORD", credentials.get(Credentials.Name.DATABASE_OWNER_PASSWORD));
        environment.put("CYTOPLANE_LINK_PORT", "" + platform.port(PortName.LINK));
        environment.put("CYTOPLANE_LINKURL", platform.linkUrl().toString());
        environment.put("CYTOPLANE_WEBHOOK_PORT", "" + platform.port(PortName.WEBHOOK));
        environment.put("CYTOPLANE_WEBHOOKURL", platform.webhookUrl().toString());
        environment.put("CYTOPLANE_PUBLICURL", platform.apiUrl().toString());
        environment.put(
                "CYTOPLANE_CONSOLE_FOLDER",
                installation.target("console").resolve("site").toString());
        environment.put("CYTOPLANE_STATE", home.file(NAME).toString());
        environment.put("CYTOPLANE_OIDC_ISSUER", platform.issuer().toString());
        environment.put("CYTOPLANE_OIDC_AUDIENCE", "cytoplane-api");
        environment.put("CYTOPLANE_CELLS_AUDIENCE", "cytoplane-cells");
        environment.put("CYTOPLANE_KEYCLOAK_URL", platform.keycloakUrl().toString());
        environment.put("CYTOPLANE_KEYCLOAK_CLIENTID", "cytoplane-control-plane");
        environment.put(
                "CYTOPLANE_KEYCLOAK_CLIENTSECRET", credentials.get(Credentials.Name.CONTROL_PLANE_CLIENT_SECRET));
        environment.put("CYTOPLANE_BUILD_JAVAHOME", System.getProperty("java.home"));
        environment.put(
                "CYTOPLANE_BUILD_CACHE", home.file(NAME).resolve("cache").toString());
        platform.otlpEndpoint().ifPresent(endpoint -> environment.put("CYTOPLANE_TELEMETRY_OTLPENDPOINT", endpoint));
        toolchains.maven().ifPresent(maven -> environment.put("CYTOPLANE_BUILD_MAVENHOME", maven.toString()));
        toolchains.node().ifPresent(node -> environment.put("CYTOPLANE_BUILD_NODEHOME", node.toString()));
        return new ProcessSpec(
                NAME,
                JvmCommand.of(installation, NAME, "dev.cytoplane.controlplane.ControlPlane", 192, Code.PLAIN),
                home.file(NAME),
                environment,
                logFile());
    }

    private Path logFile() {
        return home.file("logs").resolve(NAME + ".log");
    }

    @Override
    public boolean answers() {
        return probe.succeeds(URI.create("http://127.0.0.1:" + platform.port(PortName.API) + "/healthz"));
    }

    @Override
    public void settle() {}

    @Override
    public Duration patience() {
        return Duration.ofMinutes(2);
    }

    @Override
    public void stop(RunningProcess process) {
        process.stop(Duration.ofSeconds(20)).join();
    }
}
