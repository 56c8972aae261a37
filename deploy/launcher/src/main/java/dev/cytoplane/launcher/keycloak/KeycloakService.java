package dev.cytoplane.launcher.keycloak;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.launcher.postgres.PostgresService;
import dev.cytoplane.launcher.service.Probe;
import dev.cytoplane.launcher.service.Service;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.RunningProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The identity provider, on loopback, with its data in PostgreSQL and the realm {@code cytoplane} in it. */
public final class KeycloakService implements Service {

    public static final String NAME = "keycloak";
    static final String BOOTSTRAP_USER = "keycloak-admin";

    /** Measured: 325 MB resident after the first start. */
    private static final List<String> FLAGS = List.of(
            "-Xms64m",
            "-Xmx192m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxMetaspaceSize=224m",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError");

    private final Home home;
    private final Platform platform;
    private final Credentials credentials;
    private final Path distribution;
    private final Probe probe;
    private final RealmSetup realm;

    public KeycloakService(
            Home home, Platform platform, Credentials credentials, Installation installation, Probe probe) {
        this.home = home;
        this.platform = platform;
        this.credentials = credentials;
        this.distribution = installation.keycloak();
        this.probe = probe;
        this.realm = new RealmSetup(platform, credentials);
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
        return List.of(PortName.KEYCLOAK);
    }

    private int port() {
        return platform.port(PortName.KEYCLOAK);
    }

    @Override
    public void prepare() {
        home.folder("keycloak");
        if (!new KeycloakDistribution(distribution).isPrepared()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Keycloak is not in " + distribution + ".",
                    "Build it: ./mvnw -q package -DskipTests (the script cyto does so by itself).");
        }
    }

    @Override
    public ProcessSpec specification() {
        List<String> command = KeycloakDistribution.command(distribution, FLAGS);
        command.addAll(List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port(),
                "--hostname=" + platform.keycloakUrl(),
                "--cache=local",
                "--db-pool-initial-size=1",
                "--db-pool-max-size=12",
                // Else each index of an empty database is looked for first, a fifth of the first start's work.
                "--spi-connections-liquibase--quarkus--index-creation-threshold=0",
                "--log-level=warn,org.keycloak.services:info,io.quarkus:info"));
        return new ProcessSpec(
                NAME,
                command,
                home.file("keycloak"),
                Map.of(
                        "PATH",
                        System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                        "KC_DB_URL",
                        "jdbc:postgresql://127.0.0.1:" + platform.port(PortName.POSTGRES) + "/keycloak",
                        "KC_DB_USERNAME",
                        "keycloak",
                        "KC_DB_PASSWORD",
                        credentials.get(Credentials.Name.DATABASE_KEYCLOAK_PASSWORD),
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        BOOTSTRAP_USER,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        credentials.get(Credentials.Name.KEYCLOAK_ADMIN_PASSWORD)),
                home.file("logs").resolve(NAME + ".log"));
    }

    @Override
    public boolean answers() {
        return probe.succeeds(URI.create("http://127.0.0.1:" + port() + "/realms/master"));
    }

    @Override
    public void settle() {
        if (!probe.succeeds(URI.create("http://127.0.0.1:" + port() + "/realms/cytoplane"))) {
            realm.create();
        }
    }

    @Override
    public Duration patience() {
        // The first start makes its tables; one that is cut off would begin again.
        return Duration.ofMinutes(5);
    }

    @Override
    public void stop(RunningProcess process) {
        process.stop(Duration.ofSeconds(15)).join();
    }
}
