package dev.cytoplane.dataplane.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gateway as it is packaged. Many tests start one: the first of them makes an AOT cache, which halves the start of the
 * others.
 */
public final class GatewayProgram {

    private static final Path MODULE = Path.of("..", "cell-gateway", "target").toAbsolutePath();
    private static final List<String> COMMAND = trained();

    private GatewayProgram() {}

    public static List<String> command() {
        return COMMAND;
    }

    private static List<String> trained() {
        String classPath;
        try (Stream<Path> module = Files.list(MODULE);
                Stream<Path> libraries = Files.list(MODULE.resolve("lib"))) {
            classPath = Stream.concat(module, libraries.sorted())
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException("Package the gateway first: ./mvnw -pl cell-gateway -am package", e);
        }
        try {
            Path cache = Path.of("target", "gateway.aot").toAbsolutePath();
            train(java(List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:disable"), classPath));
            return java(List.of("-XX:AOTCache=" + cache), classPath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> java(List<String> flags, String classPath) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, "dev.cytoplane.gateway.CellGateway"));
        return List.copyOf(command);
    }

    /** Everything is made, nothing is started, and it ends. */
    private static void train(List<String> start) throws IOException {
        Path work = Files.createTempDirectory("gateway-training");
        Path log = work.resolve("log");
        List<String> command = new ArrayList<>(start);
        command.add(1, "-Dspring.context.exit=onRefresh");
        command.add("--cytoplane.gateway.directory=" + Files.createDirectory(work.resolve("directory")));
        command.add("--cytoplane.gateway.state=" + Files.createDirectory(work.resolve("state")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("The gateway could not be trained:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
