package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Runs {@code ./cyto} as a person does, with a state folder of its own. */
public final class Cyto {

    private final Path root;
    private final Path home;

    Cyto(Path root, Path home) {
        this.root = root;
        this.home = home;
    }

    /** What a command left: its exit code and what it printed. */
    public record Result(List<String> command, int exitCode, String out, String err) {

        public JsonNode json() {
            return Json.read(out);
        }

        /** @throws AssertionError with everything that was printed, when the exit code is another one */
        public Result expect(int code) {
            if (exitCode != code) {
                throw new AssertionError("cyto %s ended with %d, not %d%n--- stdout%n%s--- stderr%n%s"
                        .formatted(String.join(" ", command), exitCode, code, out, err));
            }
            return this;
        }
    }

    /** Runs a command that has to succeed. */
    public Result ok(String... arguments) {
        return run(arguments).expect(0);
    }

    public Result run(String... arguments) {
        return run("", Waits.LONG, arguments);
    }

    /** The same client with another state folder: another person on this machine. */
    public Cyto withHome(Path other) {
        return new Cyto(root, other);
    }

    /** @throws AssertionError when it has not ended in time; it and its children are ended then */
    public Result run(String input, Duration atMost, String... arguments) {
        Process process = start(arguments);
        CompletableFuture<String> out = text(process.getInputStream());
        CompletableFuture<String> err = text(process.getErrorStream());
        List<String> command = List.of(arguments);
        try {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading: its exit code says more.
            }
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("cyto %s has not ended in %s%n%s%n%s"
                        .formatted(String.join(" ", command), atMost, soon(out), soon(err)));
            }
            return new Result(command, process.exitValue(), soon(out), soon(err));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** For commands that go on: the caller ends the process. */
    public Process start(String... arguments) {
        return start(List.of(root.resolve("cyto").toString()), arguments);
    }

    /**
     * The same for a command that is to be interrupted: it hears SIGINT, as what runs in a terminal does, also when these
     * tests run in the background and do not. What it prints is thrown away.
     */
    public Process startInTerminal(String... arguments) {
        return start(
                List.of(
                        "env",
                        "--default-signal=INT",
                        "sh",
                        "-c",
                        "exec \"$@\" >/dev/null 2>&1",
                        "sh",
                        root.resolve("cyto").toString()),
                arguments);
    }

    private Process start(List<String> program, String... arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CYTOPLANE_HOME", home.toString());
        // The reactor has packaged everything, and must not be run inside itself.
        environment.put("CYTOPLANE_BUILD", "never");
        // A hundred gateways start, and few get more than some calls.
        environment.put("CYTOPLANE_GATEWAY_JIT", "c1");
        environment.put("NO_COLOR", "1");
        // An outside repository of the tests is on this machine; the platform would refuse to call it otherwise.
        environment.put("CYTOPLANE_SOURCE_ALLOWEDHOSTS", "localhost");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompletableFuture<String> text(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            StringBuilder read = new StringBuilder();
            byte[] buffer = new byte[8192];
            try (stream) {
                for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
                    read.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                read.append("[").append(e).append("]");
            }
            text.complete(read.toString());
        });
        return text;
    }

    /** A background process that inherited the stream must not hold us. */
    private static String soon(CompletableFuture<String> text) {
        return text.completeOnTimeout("[the stream is still open]", 5, TimeUnit.SECONDS)
                .join();
    }
}
