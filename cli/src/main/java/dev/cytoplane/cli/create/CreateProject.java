package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "project", description = "Create a project: one cell in each environment.")
final class CreateProject implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "A DNS label; cannot be changed later.")
    private String name = "";

    @Option(names = "--display-name", paramLabel = "TEXT", description = "How people call it.")
    private @Nullable String displayName;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String description;

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Deployment pipeline. Default: default.")
    private @Nullable String pipeline;

    CreateProject(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object().put("name", name);
        Created.put(body, "displayName", displayName);
        Created.put(body, "description", description);
        Created.put(body, "pipeline", pipeline);
        Created.tell(
                session,
                "Created the project " + name + ".",
                session.api().post(session.place().organizationPath() + "/projects", body));
        return 0;
    }
}
