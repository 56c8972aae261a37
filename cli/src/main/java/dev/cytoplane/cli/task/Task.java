package dev.cytoplane.cli.task;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.cli.place.ComponentAddress;
import dev.cytoplane.cli.place.EnvironmentOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "task",
        description =
                "Run tasks, and see what became of their runs. All runs: cyto list runs. Schedules: cyto list tasks.")
public final class Task implements Runnable {

    private static final String COMPONENT = "COMPONENT or PROJECT/COMPONENT.";
    private static final String RUN = "Id of the run. Default: the newest.";

    private final Session session;

    @Spec
    private CommandSpec spec;

    Task(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to do with the task: run, log or cancel.");
    }

    @Command(
            name = "run",
            description = {
                "Run a task now, and print what it writes until it has ended.",
                "Ctrl-C leaves it running; cyto task cancel ends it."
            })
    int run(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "ARGUMENT",
                            description =
                                    "What follows the component's command; no shell reads it. Write -- before the first.")
                    @Nullable
                    List<String> arguments,
            @Mixin EnvironmentOption environment,
            @Option(names = "--no-wait", description = "Return once it is ordered.") boolean noWait) {
        ComponentAddress address = session.place().component(component);
        ObjectNode body = Json.object().put("environment", environment.of(address, session.place()));
        if (arguments != null && !arguments.isEmpty()) {
            ArrayNode list = body.putArray("arguments");
            arguments.forEach(list::add);
        }
        JsonNode run = session.api().post(address.path("runs"), body);
        RunWatch watch = new RunWatch(session, address, Json.text(run, "id"));
        if (!noWait) {
            run = watch.follow();
        }
        tell(run);
        watch.requireSuccess(run);
        return 0;
    }

    @Command(name = "log", description = "Print what a run writes.")
    int log(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = RUN) @Nullable String id,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Go on until it has ended.")
                    boolean follow) {
        ComponentAddress address = session.place().component(component);
        JsonNode run = session.api().get(address.path("runs", id != null ? id : newest(address)));
        RunWatch watch = new RunWatch(session, address, Json.text(run, "id"));
        if (follow) {
            watch.requireSuccess(watch.follow());
            return 0;
        }
        if (Json.textOrNull(run, "instance") == null) {
            session.output().note("It has not begun. " + Json.text(run, "message"));
            return 0;
        }
        Output output = session.output();
        session.api().eventsUntilEnd(watch.logs(run, 10_000) + "&follow=false", event -> {
            if (event.type().equals("line")) {
                JsonNode line = Json.parse(event.data());
                output.result(session.json() ? line.toString() : Json.text(line, "text"));
            }
            return true;
        });
        return 0;
    }

    @Command(name = "cancel", description = "End a run that waits or goes on.")
    int cancel(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = RUN) @Nullable String id) {
        ComponentAddress address = session.place().component(component);
        tell(session.api().post(address.path("runs", id != null ? id : newest(address), "cancel"), Json.object()));
        return 0;
    }

    private String newest(ComponentAddress address) {
        List<JsonNode> runs = Json.list(session.api().list(address.path("runs") + "?sort=-createdAt", 1), "items");
        if (runs.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND, "The component " + address + " has no run.", "cyto task run " + address);
        }
        return Json.text(runs.getFirst(), "id");
    }

    private void tell(JsonNode run) {
        Output output = session.output();
        if (session.json()) {
            output.result(Json.pretty(run));
            return;
        }
        String status = Json.text(run, "status");
        if (status.equals("FAILED") || status.equals("CANCELLED")) {
            return;
        }
        output.result("Run " + Json.text(run, "id") + " in " + Json.text(run, "environment") + ": "
                + (status.equals("SUCCEEDED")
                        ? output.style(Style.GOOD, "succeeded")
                        : status.toLowerCase(Locale.ROOT) + ". " + Json.text(run, "message")));
    }
}
