package dev.cytoplane.cli.warmup;

import dev.cytoplane.cli.CommandLines;
import dev.cytoplane.cli.CommandProvider;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the usual commands against a server of its own; a training run for the JVM's AOT cache (JEP 514). */
@Command(name = "warm-up", hidden = true, description = "Train the AOT cache; the script cyto runs this by itself.")
public final class WarmUp implements Callable<Integer> {

    private static final String ANSWER = """
            {"items": [{"name": "acme", "displayName": "Acme", "createdAt": "2026-01-01T00:00:00Z", "stages": ["a", "b"],
              "source": {"kind": "platform"}, "production": true, "version": 1}], "nextCursor": null, "username": "ada"}
            """;

    private static final List<List<String>> COMMANDS = List.of(
            List.of("--version"),
            List.of("--help"),
            List.of("list", "organizations"),
            List.of("list", "projects", "--organization", "acme", "-o", "json"),
            List.of("list", "components", "shop", "--organization", "acme"),
            List.of("show", "project", "shop", "--organization", "acme"),
            List.of("whoami"),
            List.of("token"),
            List.of("list", "nothing"));

    @Override
    public Integer call() throws IOException {
        Path home = Files.createTempDirectory("cyto-warm-up");
        try (Answers server = Answers.on(0, ANSWER)) {
            Map<String, String> environment = Map.of(
                    "CYTOPLANE_HOME",
                    home.toString(),
                    "CYTOPLANE_SERVER",
                    "http://127.0.0.1:" + server.port(),
                    "CYTOPLANE_TOKEN",
                    "none");
            COMMANDS.forEach(command -> run(environment, command));
            for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
                provider.warmUp();
            }
        } finally {
            Files.delete(home);
        }
        return 0;
    }

    /** Runs a command whose output nobody reads. */
    public static void run(Map<String, String> environment, List<String> command) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Session session = new Session(
                environment,
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                new Terminal(true, true, 100),
                new Http(),
                Clock.systemUTC());
        CommandLines.run(session, command.toArray(String[]::new));
    }
}
