package dev.cytoplane.cli.runtime;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.ServiceLogs;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.EventStream.Event;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.cli.place.ComponentAddress;
import dev.cytoplane.cli.place.EnvironmentOption;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "logs",
        description = {
            "Print what a component writes.",
            "--service prints what one of the platform's own services wrote on this machine."
        })
public final class Logs implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.")
    private @Nullable String component;

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "N", defaultValue = "100", description = "Last lines first. Default: 100.")
    private int tail;

    @Option(names = "--instance", paramLabel = "ID", description = "Only this instance.")
    private @Nullable String instance;

    @Option(names = "--service", paramLabel = "NAME", description = "A service of the platform, not a component.")
    private @Nullable String service;

    Logs(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (service != null) {
            ServiceLogs logs = ServiceLoader.load(ServiceLogs.class)
                    .findFirst()
                    .orElseThrow(() -> new Failure(ExitCode.USAGE, "This cyto runs no services on this machine."));
            logs.print(session, service, tail, follow);
            return 0;
        }
        if (component == null) {
            throw new Failure(
                    ExitCode.USAGE, "It is not said whose log.", "cyto logs PROJECT/COMPONENT, or --service NAME");
        }
        ComponentAddress address = session.place().component(component);
        String query = "?environment=" + Api.encode(environment.of(address, session.place())) + "&tail=" + tail
                + "&follow=" + follow + (instance == null ? "" : "&instance=" + Api.encode(instance));
        Predicate<Event> lines = event -> {
            if (event.type().equals("line")) {
                print(Json.parse(event.data()));
            }
            return true;
        };
        if (follow) {
            session.api().events(address.path("logs") + query, lines);
        } else {
            session.api().eventsUntilEnd(address.path("logs") + query, lines);
        }
        return 0;
    }

    private void print(JsonNode line) {
        Output output = session.output();
        if (session.json()) {
            output.result(line.toString());
        } else {
            output.result(output.style(Style.DIM, Json.text(line, "time") + " " + Json.text(line, "instance")) + " "
                    + Json.text(line, "text"));
        }
    }
}
