package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Starts the platform with {@code ./cyto demo}, or finds the one that is to be used. */
final class PlatformStart {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private PlatformStart() {}

    static Platform start() {
        Path root = root();
        String given = System.getProperty("cytoplane.home");
        return given == null ? fresh(root) : running(root, Path.of(given).toAbsolutePath());
    }

    private static Platform fresh(Path root) {
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
            Cyto.Result demo = cyto.run("", LIMIT, "demo", "--otlp-endpoint", telemetry.url())
                    .expect(0);
            return new Platform(root, home, telemetry, demo, () -> stop(cyto, home, telemetry, emergency));
        } catch (AssertionError e) {
            String logs = new Logs(home.resolve("logs")).tail(40);
            stop(cyto, home, telemetry, emergency);
            throw new IllegalStateException("./cyto demo failed\n" + logs, e);
        }
    }

    /** {@code ./cyto demo --otlp-endpoint http://127.0.0.1:PORT}, with PORT in {@code -Dcytoplane.otlp.port}. */
    private static Platform running(Path root, Path home) {
        OtlpReceiver telemetry = OtlpReceiver.start(Integer.getInteger("cytoplane.otlp.port", 0));
        Cyto cyto = new Cyto(root, home);
        Cyto.Result demo = cyto.run("", LIMIT, "demo").expect(0);
        return new Platform(root, home, telemetry, demo, telemetry::close);
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
