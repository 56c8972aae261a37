package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "placement",
        description =
                "Let a project's cell of an environment run on another data plane than the environment's other cells.",
        footer = "A cell stays where it began: say it before anything of the project is deployed to the environment.")
final class CreatePlacement implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "Whose cell.")
    private String project = "";

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "In which one.")
    private String environment = "";

    @Option(names = "--data-plane", paramLabel = "NAME", required = true, description = "Where the cell is to run.")
    private String dataPlane = "";

    CreatePlacement(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Created.tell(
                session,
                project + " runs on " + dataPlane + " in " + environment + ".",
                session.api()
                        .put(
                                session.place().projectPath(project) + Api.path("placements", environment),
                                Json.object().put("dataPlane", dataPlane),
                                null));
        return 0;
    }
}
