package dev.cytoplane.cli.webhook;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api.Versioned;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Confirmation;
import dev.cytoplane.cli.output.Table;
import dev.cytoplane.cli.resource.Details;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "webhook", description = "The webhook of a component whose repository is at GitHub.")
public final class Webhook implements Runnable {

    private static final String COMPONENT = "COMPONENT or PROJECT/COMPONENT.";

    private final Session session;

    @Spec
    private CommandSpec spec;

    Webhook(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to do with the webhook.");
    }

    @Command(name = "show", description = "Show the webhook's address, and which pushes are built.")
    int show(@Parameters(paramLabel = "COMPONENT", description = COMPONENT) String component) {
        Details.print(session, session.api().get(path(component)));
        return 0;
    }

    @Command(
            name = "set",
            description = "Make the webhook, and show its secret this once; or change which pushes are built.")
    int set(
            @Parameters(paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Option(
                            names = "--branch",
                            paramLabel = "PATTERN",
                            description = "Branches that are built, like release/*. Default: the component's own.")
                    List<String> branches,
            @Option(
                            names = "--path",
                            paramLabel = "PATTERN",
                            description = "Only pushes that change such a file, like services/api/**. Default: any.")
                    List<String> paths) {
        String path = path(component);
        ObjectNode body = Json.object();
        put(body, "branches", branches);
        put(body, "paths", paths);
        Versioned current =
                session.api().exists(path) ? session.api().getVersioned(path) : new Versioned(Json.object(), null);
        Details.print(session, session.api().put(path, body, current.etag()));
        return 0;
    }

    @Command(name = "rotate", description = "Replace the secret. The new one is shown once, the old one ends.")
    int rotate(@Parameters(paramLabel = "COMPONENT", description = COMPONENT) String component) {
        Details.print(session, session.api().post(path(component, "rotate"), Json.object()));
        return 0;
    }

    @Command(name = "delete", description = "Delete the webhook. Asks for the component's name first, unless --yes.")
    int delete(
            @Parameters(paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        if (!yes) {
            Confirmation.require(session, "This deletes the webhook of " + component + ".", component);
        }
        session.api().delete(path(component));
        session.output().note("Deleted the webhook.");
        return 0;
    }

    @Command(name = "deliveries", description = "List what the Git host has told, the newest first.")
    int deliveries(
            @Parameters(paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many. Default: 50.")
                    int limit) {
        JsonNode list = session.api().list(path(component, "deliveries"), limit);
        if (session.json()) {
            session.output().result(Json.pretty(list));
            return 0;
        }
        Table table = new Table("ID", "WHEN", "EVENT", "OUTCOME", "MESSAGE");
        Json.list(list, "items")
                .forEach(it -> table.row(List.of(
                        Json.text(it, "id"),
                        Json.text(it, "createdAt"),
                        Json.text(it, "event"),
                        Json.text(it, "outcome"),
                        Json.text(it, "message"))));
        if (table.isEmpty()) {
            session.output().note("No deliveries.");
        } else {
            table.print(session.output());
        }
        return 0;
    }

    @Command(name = "redeliver", description = "Take a push again, by what the webhook asks for now.")
    int redeliver(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(index = "1", paramLabel = "DELIVERY", description = "Id of the delivery.") String delivery) {
        Details.print(
                session, session.api().post(path(component, "deliveries", delivery, "redelivery"), Json.object()));
        return 0;
    }

    private static void put(ObjectNode body, String field, List<String> patterns) {
        if (patterns != null) {
            patterns.forEach(body.putArray(field)::add);
        }
    }

    private String path(String component, String... below) {
        String[] parts = new String[below.length + 1];
        parts[0] = "webhook";
        System.arraycopy(below, 0, parts, 1, below.length);
        return session.place().component(component).path(parts);
    }
}
