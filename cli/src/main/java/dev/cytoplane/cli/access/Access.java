package dev.cytoplane.cli.access;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "access", description = "Show what somebody may do, and which roles make it so.")
public final class Access implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "USER", arity = "0..1", description = "User name. Default: you.")
    private @Nullable String username;

    @Option(names = "--project", paramLabel = "NAME", description = "In this project. Default: in the organization.")
    private @Nullable String project;

    Access(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<String> query = new ArrayList<>();
        if (username != null) {
            query.add("username=" + Api.encode(username));
        }
        if (project != null) {
            query.add("project=" + Api.encode(project));
        }
        String path = session.place().organizationPath() + "/access";
        JsonNode access = session.api().get(query.isEmpty() ? path : path + "?" + String.join("&", query));
        if (session.json()) {
            session.output().result(Json.pretty(access));
            return 0;
        }
        String role = access.path("role").asString("no role");
        List<String> permissions = Json.list(access, "permissions").stream()
                .map(JsonNode::asString)
                .toList();
        session.output()
                .result("%s: %s%s"
                        .formatted(
                                Json.text(access, "username"),
                                role,
                                permissions.isEmpty() ? "" : " (" + String.join(", ", permissions) + ")"));
        Table table = new Table("EFFECT", "ROLE", "PROJECT", "HERE");
        Json.list(access, "bindings")
                .forEach(it -> table.row(List.of(
                        Json.text(it, "effect"),
                        Json.text(it, "role"),
                        it.path("project").asString("(all)"),
                        Json.text(it, "bearing").toLowerCase(Locale.ROOT))));
        if (!table.isEmpty()) {
            table.print(session.output());
        }
        return 0;
    }
}
