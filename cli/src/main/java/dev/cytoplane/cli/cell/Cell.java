package dev.cytoplane.cli.cell;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(name = "cell", description = "The versions and the traffic of a cell. All cells: cyto list cells.")
public final class Cell implements Runnable {

    private final Session session;

    @Spec
    private CommandSpec spec;

    Cell(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to do with the cell: diff or traffic.");
    }

    @Command(
            name = "diff",
            description = "Show what changed between two versions of a cell. Of secrets, that they changed only.")
    int diff(
            @Parameters(paramLabel = "CELL", description = "[PROJECT/]ENVIRONMENT.") String cell,
            @Option(names = "--from", paramLabel = "N", description = "A version. Default: the one before the other.")
                    @Nullable
                    Long from,
            @Option(names = "--to", paramLabel = "N", description = "A version. Default: the newest.") @Nullable
                    Long to) {
        List<String> query = new ArrayList<>();
        if (from != null) {
            query.add("from=" + from);
        }
        if (to != null) {
            query.add("to=" + to);
        }
        String path = path(cell, "diff");
        JsonNode found = session.api().get(query.isEmpty() ? path : path + "?" + String.join("&", query));
        if (session.json()) {
            session.output().result(Json.pretty(found));
            return 0;
        }
        Table table = new Table("COMPONENT", "WHAT", "NAME", "BEFORE", "AFTER");
        Json.list(found, "changes")
                .forEach(it -> table.row(List.of(
                        Json.text(it, "component"),
                        Json.text(it, "aspect").toLowerCase(Locale.ROOT),
                        it.path("name").asString(""),
                        it.path("before").asString("(none)"),
                        it.path("after").asString("(none)"))));
        String versions = "version %s and %s".formatted(Json.text(found, "from"), Json.text(found, "to"));
        if (table.isEmpty()) {
            session.output().note("Nothing is different between " + versions + ".");
        } else {
            session.output().note("Between " + versions + ":");
            table.print(session.output());
        }
        return 0;
    }

    @Command(
            name = "traffic",
            description = {
                "Show what went through a cell's gateway in the last half minute.",
                "Each way that a call may take, with its rate, latency and errors."
            })
    int traffic(@Parameters(paramLabel = "CELL", description = "[PROJECT/]ENVIRONMENT.") String cell) {
        JsonNode found = session.api().get(path(cell, "traffic"));
        if (session.json()) {
            session.output().result(Json.pretty(found));
            return 0;
        }
        Instant until = Json.instant(found, "until");
        if (until == null) {
            session.output().note("The gateway of " + cell + " has told of no request yet.");
        } else {
            session.output().note("In the half minute until " + until.truncatedTo(ChronoUnit.SECONDS) + ":");
        }
        Table table = new Table("DIRECTION", "FROM", "TO", "PER SECOND", "P50", "P95", "4XX", "5XX");
        Json.list(found, "edges").forEach(it -> {
            boolean outbound = Json.text(it, "direction").equals("OUTBOUND");
            String component = Json.text(it, "component");
            String name = Json.text(it, "name");
            String caller = Json.textOrNull(it, "caller");
            table.row(List.of(
                    Json.text(it, "direction").toLowerCase(Locale.ROOT),
                    outbound ? component : caller == null ? "the public" : caller,
                    outbound ? name : component + "/" + name,
                    String.format(
                            Locale.ROOT, "%.2f", it.path("requestsPerSecond").asDouble()),
                    milliseconds(it.path("p50Milliseconds")),
                    milliseconds(it.path("p95Milliseconds")),
                    Json.text(it, "clientErrors"),
                    Json.text(it, "serverErrors")));
        });
        if (table.isEmpty()) {
            session.output().note("No call is declared.");
        } else {
            table.print(session.output());
        }
        return 0;
    }

    private static String milliseconds(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.1f ms", value.asDouble()) : "-";
    }

    private String path(String cell, String what) {
        int slash = cell.indexOf('/');
        return session.place().projectPath(slash < 0 ? null : cell.substring(0, slash))
                + Api.path("cells", cell.substring(slash + 1), what);
    }
}
