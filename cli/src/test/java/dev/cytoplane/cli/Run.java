package dev.cytoplane.cli;

import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One run of {@code cyto} in this JVM: what it printed, and how it ended. It never waits; it notes how long it would have. */
public final class Run {

    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T00:00:00Z"), ZoneOffset.UTC);

    private final Map<String, String> environment = new HashMap<>();
    private final List<Duration> waits = new ArrayList<>();
    private String input = "";
    private int width = Terminal.DEFAULT_WIDTH;
    private boolean terminal;

    /** How it ended. */
    public record Result(int exitCode, String out, String err, List<Duration> waits) {}

    public static Run in(Path home) {
        Run run = new Run();
        run.environment.put("CYTOPLANE_HOME", home.toString());
        return run;
    }

    public Run with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Signed in to a server. */
    public Run at(Server server) {
        return with("CYTOPLANE_SERVER", server.address().toString()).with("CYTOPLANE_TOKEN", "a-token");
    }

    public Run input(String text) {
        input = text;
        return this;
    }

    public Run terminal(int columns) {
        terminal = true;
        width = columns;
        return this;
    }

    /** For tests below the command line. */
    public Http http() {
        return new Http(waits::add, new Random(1), environment);
    }

    public List<Duration> waits() {
        return waits;
    }

    public Session session(PrintStream out, PrintStream err) {
        return new Session(
                environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                new Terminal(terminal, false, width),
                http(),
                CLOCK);
    }

    public Result cyto(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = session(stream(out), stream(err));
        int exitCode = CommandLines.run(session, arguments);
        return new Result(exitCode, text(out), text(err), List.copyOf(waits));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(@Nullable ByteArrayOutputStream bytes) {
        return bytes == null ? "" : bytes.toString(StandardCharsets.UTF_8);
    }
}
