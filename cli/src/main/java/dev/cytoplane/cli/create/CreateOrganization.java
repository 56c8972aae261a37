package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.context.Context;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "organization",
        description = "Create an organization, with its environments and a pipeline. You become its owner.")
final class CreateOrganization implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "A DNS label; cannot be changed later.")
    private String name = "";

    @Option(names = "--display-name", paramLabel = "TEXT", description = "How people call it.")
    private @Nullable String displayName;

    CreateOrganization(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object().put("name", name);
        Created.put(body, "displayName", displayName);
        JsonNode created = session.api().post("/organizations", body);
        Context context = session.context();
        if (context.organization() == null
                && session.contexts().find(context.name()).isPresent()) {
            session.contexts().save(context.at(name, null), false);
            session.output().note("Commands now mean the organization " + name + " (cyto use changes that).");
        }
        Created.tell(session, "Created the organization " + name + ".", created);
        return 0;
    }
}
