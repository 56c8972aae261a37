package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "service-account",
        description = {
            "Create a sign-in for automation. Its secret is shown once.",
            "Use it with cyto login --client-id ID --client-secret-stdin, or CYTOPLANE_CLIENT_ID and CYTOPLANE_CLIENT_SECRET."
        })
final class CreateServiceAccount implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "A DNS label.")
    private String name = "";

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "owner, admin, developer or viewer.")
    private String role = "";

    @Option(names = "--project", paramLabel = "NAME", description = "Only in this project. Default: everywhere.")
    private @Nullable String project;

    CreateServiceAccount(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object().put("name", name).put("role", role);
        Created.put(body, "project", project);
        Created.tell(
                session,
                "Created the service account " + name + ". Keep its secret: it is not shown again.",
                session.api().post(session.place().organizationPath() + "/service-accounts", body));
        return 0;
    }
}
