package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Starts the platform, or finds the one that is to be used. */
final class PlatformStart {

    static final Duration LIMIT = Duration.ofMinutes(10);

    private PlatformStart() {}

    /** @param demo with {@code ./cyto demo} instead of {@code ./cyto up} */
    static Platform start(boolean demo) {
        Path root = root();
        String given = System.getProperty("cytoplane.home");
        return given == null ? fresh(root, demo) : running(root, Path.of(given).toAbsolutePath());
    }

    private static Platform fresh(Path root, boolean demo) {
        // Each JVM of a run has its own.
        Path home = root.resolve("end-to-end/target/platform-" + System.getProperty("cytoplane.fork", "1"));
        // A test run that was killed could not end its platform; the next one does.
        end(new ProcessTable(home));
        delete(home);
        OtlpReceiver telemetry = OtlpReceiver.start(0);
        Cyto cyto = new Cyto(root, home);
        // The JVM may be told to end in the middle of a test: no process stays behind.
        Thread emergency = new Thread(() -> end(new ProcessTable(home)));
        Runtime.getRuntime().addShutdownHook(emergency);
        System.out.println("Starting the platform in " + home);
        try {
            Cyto.Result started = cyto.run("", LIMIT, demo ? "demo" : "up", "--otlp-endpoint", telemetry.url())
                    .expect(0);
            return new Platform(
                    root, home, telemetry, demo ? started : null, () -> stop(cyto, home, telemetry, emergency));
        } catch (AssertionError e) {
            String logs = new Logs(home.resolve("logs")).tail(40);
            stop(cyto, home, telemetry, emergency);
            throw new IllegalStateException("The platform did not start\n" + logs, e);
        }
    }

    /** {@code ./cyto up --otlp-endpoint http://127.0.0.1:PORT}, with PORT in {@code -Dcytoplane.otlp.port}. */
    private static Platform running(Path root, Path home) {
        OtlpReceiver telemetry = OtlpReceiver.start(Integer.getInteger("cytoplane.otlp.port", 0));
        Cyto cyto = new Cyto(root, home);
        cyto.run("", LIMIT, "up").expect(0);
        return new Platform(root, home, telemetry, null, telemetry::close);
    }

    private static void stop(Cyto cyto, Path home, OtlpReceiver telemetry, Thread emergency) {
        try {
            cyto.run("", Duration.ofMinutes(2), "down").expect(0);
        } finally {
            telemetry.close();
            List<ProcessTable.Entry> left = end(new ProcessTable(home));
            if (!left.isEmpty()) {
                System.out.println("--- cyto down left these processes running: " + left);
            }
            Runtime.getRuntime().removeShutdownHook(emergency);
        }
    }

    private static List<ProcessTable.Entry> end(ProcessTable processes) {
        List<ProcessTable.Entry> all = processes.all();
        // Again, since a supervisor may have started one while its own turn came.
        for (int round = 0; round < 3; round++) {
            processes.all().forEach(entry -> ProcessTable.kill(entry.pid()));
        }
        return all;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("Not inside the repository");
            }
        }
        return folder;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
