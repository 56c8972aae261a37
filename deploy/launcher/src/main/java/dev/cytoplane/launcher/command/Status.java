package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Table;
import dev.cytoplane.launcher.supervisor.SupervisorProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What runs, and where. */
@Command(
        name = "status",
        description = {
            "Show what runs on this machine, and whether it is well.",
            "Ends with 0 when every service runs, else with 1."
        })
public final class Status implements Callable<Integer> {

    /** Seconds. */
    private static final int LONGEST = 3600;

    private static final Duration POLL = Duration.ofMillis(250);

    private final Session session;

    @Option(
            names = "--services",
            description = "Only the platform's own services; the control plane is not asked what it runs.")
    private boolean services;

    @Option(
            names = "--wait",
            arity = "0..1",
            paramLabel = "SECONDS",
            fallbackValue = "120",
            defaultValue = "0",
            description =
                    "Wait until every service runs, at most so long (${FALLBACK-VALUE} s when no number is given).")
    private int patience;

    @Spec
    private CommandSpec spec;

    public Status(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (patience < 0 || patience > LONGEST) {
            throw new ParameterException(
                    spec.commandLine(), "--wait is a number of seconds from 0 to " + LONGEST + ", not " + patience);
        }
        JsonNode picture = look();
        Output output = session.output();
        if (session.json()) {
            output.result(Json.pretty(picture));
        } else if (picture.path("services").isEmpty()) {
            output.result("The platform is not running. Start it: cyto up");
        } else {
            table(
                    picture,
                    "services",
                    "SERVICE name",
                    "STATUS status",
                    "PID pid",
                    "PORT port",
                    "RESTARTS restarts",
                    "message");
            table(picture, "dataPlanes", "DATA-PLANE name", "STATUS status", "RUNTIME runtime");
            table(picture, "cells", "CELL name", "ENVIRONMENT environment", "DATA-PLANE dataPlane", "VERSION version");
            table(
                    picture,
                    "endpoints",
                    "CELL cell",
                    "COMPONENT component",
                    "ENDPOINT name",
                    "VISIBILITY visibility",
                    "HEALTH health",
                    "RELEASE release",
                    "URL url");
        }
        if (!Json.text(picture, "message").isEmpty()) {
            output.note(Json.text(picture, "message"));
        }
        return isWell(picture) ? ExitCode.OK.number() : ExitCode.FAILED.number();
    }

    private JsonNode look() {
        Picture picture = new Picture(session);
        if (patience == 0) {
            return picture.take(!services);
        }
        Instant deadline = Instant.now().plusSeconds(patience);
        JsonNode own = picture.take(false);
        while (!isWell(own) && Instant.now().isBefore(deadline)) {
            SupervisorProcess.pause(POLL);
            own = picture.take(false);
        }
        return services ? own : picture.take(true);
    }

    private static boolean isWell(JsonNode picture) {
        List<JsonNode> all = Json.list(picture, "services");
        return !all.isEmpty()
                && all.stream().allMatch(service -> Json.text(service, "status").equals("RUNNING"));
    }

    /** Columns are {@code HEADING field}; what is empty in every row is left out. */
    private void table(JsonNode picture, String part, String... columns) {
        List<JsonNode> rows = Json.list(picture, part);
        List<String[]> shown = Arrays.stream(columns)
                .map(column -> column.contains(" ") ? column.split(" ", 2) : new String[] {"", column})
                .filter(column ->
                        rows.stream().anyMatch(row -> !Json.text(row, column[1]).isEmpty()))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        Table table = new Table(
                shown.stream().map(column -> column[0].replace('-', ' ')).toArray(String[]::new));
        for (JsonNode row : rows) {
            table.row(shown.stream()
                    .map(column -> Json.text(row, column[1]))
                    .map(text -> text.isEmpty() ? "-" : text)
                    .toList());
        }
        table.print(session.output());
        session.output().result("");
    }
}
