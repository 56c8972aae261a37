package dev.cytoplane.launcher.postgres;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Folders;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.launcher.service.Service;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.RunningProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database server: data in {@code postgres/data}, reachable on loopback only, every connection with a password
 * (SCRAM). After a crash it recovers by itself when it starts.
 */
public final class PostgresService implements Service {

    public static final String NAME = "postgres";
    private static final Logger log = LoggerFactory.getLogger(PostgresService.class);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Home home;
    private final Platform platform;
    private final Credentials credentials;
    private final Unprivileged unprivileged = new Unprivileged();
    private final PostgresBinaries binaries;
    private final Databases databases;

    public PostgresService(Home home, Platform platform, Credentials credentials, Installation installation) {
        this.home = home;
        this.platform = platform;
        this.credentials = credentials;
        this.binaries = new PostgresBinaries(installation.target("deploy/launcher"));
        this.databases = new Databases(port(), credentials);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public List<PortName> ports() {
        return List.of(PortName.POSTGRES);
    }

    private int port() {
        return platform.port(PortName.POSTGRES);
    }

    @Override
    public void prepare() throws IOException {
        home.folder("postgres");
        binaries.unpack();
        if (!Files.isRegularFile(data().resolve("PG_VERSION"))) {
            initialise();
        }
    }

    /** In a folder beside the final one, so that a start that breaks off leaves nothing half made. */
    private void initialise() throws IOException {
        Path fresh = home.file("postgres").resolve("data.new");
        Folders.delete(fresh);
        Path password = home.file("postgres").resolve("password.new");
        Home.write(password, credentials.get(Credentials.Name.POSTGRES_PASSWORD).getBytes(StandardCharsets.UTF_8));
        try {
            unprivileged.run(
                    binaries.program("initdb"),
                    "--pgdata=" + fresh,
                    "--username=postgres",
                    "--auth=scram-sha-256",
                    "--pwfile=" + password,
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--data-checksums");
        } finally {
            Files.delete(password);
        }
        Folders.delete(data());
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public ProcessSpec specification() {
        List<String> settings = List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "password_encryption=scram-sha-256",
                "max_connections=60",
                "shared_buffers=64MB",
                "max_wal_size=256MB",
                "wal_compression=on",
                "jit=off",
                "io_method=sync",
                "max_parallel_workers_per_gather=0",
                "log_timezone=UTC",
                "timezone=UTC",
                "log_checkpoints=off");
        List<String> command = new ArrayList<>(
                unprivileged.command(binaries.program("postgres"), "-D", data().toString(), "-p", "" + port()));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        return new ProcessSpec(
                NAME,
                command,
                home.file("postgres"),
                Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "TZ", "UTC"),
                home.file("logs").resolve(NAME + ".log"));
    }

    @Override
    public boolean answers() {
        return databases.answers();
    }

    @Override
    public void settle() throws SQLException {
        databases.create();
    }

    @Override
    public Duration patience() {
        // Recovery after a crash may have much to replay.
        return Duration.ofMinutes(5);
    }

    /** SIGINT is PostgreSQL's fast shutdown: clients are disconnected, everything is written. SIGTERM would wait for clients. */
    @Override
    public void stop(RunningProcess process) {
        try {
            new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
            process.onExit()
                    .orTimeout(GRACE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        } catch (IOException | java.util.concurrent.CompletionException e) {
            log.warn("PostgreSQL did not stop by itself", e);
            process.stop(GRACE).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path data() {
        return home.file("postgres").resolve("data");
    }
}
