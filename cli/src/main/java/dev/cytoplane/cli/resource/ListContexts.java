package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.context.Context;
import dev.cytoplane.cli.output.Table;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;

/** The contexts of this home; nothing is asked of a server. */
@Command(description = "List contexts: servers that you have signed in to.")
final class ListContexts implements Callable<Integer> {

    private final Session session;

    ListContexts(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String current = session.contextName();
        List<Context> all = session.contexts().all();
        if (session.json()) {
            ArrayNode items = Json.array();
            all.forEach(context -> items.add(Json.object()
                    .put("name", context.name())
                    .put("current", context.name().equals(current))
                    .put("server", context.server().toString())
                    .put("organization", context.organization())
                    .put("project", context.project())));
            session.output().result(Json.pretty(Json.object().set("items", items)));
            return 0;
        }
        Table table = new Table("NAME", "CURRENT", "SERVER", "ORGANIZATION", "PROJECT");
        all.forEach(context -> table.row(List.of(
                context.name(),
                context.name().equals(current) ? "*" : "",
                context.server().toString(),
                Objects.requireNonNullElse(context.organization(), "-"),
                Objects.requireNonNullElse(context.project(), "-"))));
        table.print(session.output());
        return 0;
    }
}
