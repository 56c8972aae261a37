package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "pipeline", description = "Create a deployment pipeline: the order of environments.")
final class CreatePipeline implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "A DNS label; cannot be changed later.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ENVIRONMENT", description = "Stages, the first first.")
    private List<String> stages = List.of();

    CreatePipeline(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object().put("name", name);
        stages.forEach(stage -> body.withArray("/stages").add(stage));
        Created.tell(
                session,
                "Created the pipeline " + name + ".",
                session.api().post(session.place().organizationPath() + "/pipelines", body));
        return 0;
    }
}
