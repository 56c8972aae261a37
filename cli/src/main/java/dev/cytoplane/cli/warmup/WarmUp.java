package dev.cytoplane.cli.warmup;

import com.sun.net.httpserver.HttpServer;
import dev.cytoplane.cli.CommandLines;
import dev.cytoplane.cli.CommandProvider;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the usual commands against a server of its own; a training run for the JVM's AOT cache (JEP 514). */
@Command(name = "warm-up", hidden = true, description = "Train the AOT cache; the script cyto runs this by itself.")
public final class WarmUp implements Callable<Integer> {

    private static final byte[] ANSWER = """
            {"items": [{"name": "acme", "displayName": "Acme", "createdAt": "2026-01-01T00:00:00Z", "stages": ["a", "b"],
              "source": {"kind": "platform"}, "production": true, "version": 1}], "nextCursor": null, "username": "ada"}
            """.getBytes(StandardCharsets.UTF_8);

    private static final List<List<String>> COMMANDS = List.of(
            List.of("--version"),
            List.of("--help"),
            List.of("list", "organizations"),
            List.of("list", "projects", "--organization", "acme", "-o", "json"),
            List.of("list", "components", "shop", "--organization", "acme"),
            List.of("show", "project", "shop", "--organization", "acme"),
            List.of("whoami"),
            List.of("token"),
            List.of("status"),
            List.of("list", "nothing"));

    @Override
    public Integer call() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, ANSWER.length);
                exchange.getResponseBody().write(ANSWER);
            }
        });
        server.start();
        Path home = Files.createTempDirectory("cyto-warm-up");
        try {
            Map<String, String> environment = new HashMap<>();
            environment.put("CYTOPLANE_HOME", home.toString());
            environment.put(
                    "CYTOPLANE_SERVER",
                    "http://127.0.0.1:" + server.getAddress().getPort());
            environment.put("CYTOPLANE_TOKEN", "none");
            COMMANDS.forEach(command -> run(environment, command));
            for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
                provider.warmUp();
            }
        } finally {
            server.stop(0);
            Files.delete(home);
        }
        return 0;
    }

    private static void run(Map<String, String> environment, List<String> command) {
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
