package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "environment", description = "Create an environment on a data plane.")
final class CreateEnvironment implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "A DNS label; cannot be changed later.")
    private String name = "";

    @Option(
            names = "--data-plane",
            paramLabel = "NAME",
            defaultValue = "local",
            description = "Where its cells run. Default: local.")
    private String dataPlane = "local";

    @Option(names = "--production", description = "Mark it as production.")
    private boolean production;

    CreateEnvironment(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Created.tell(
                session,
                "Created the environment " + name + ".",
                session.api()
                        .post(
                                session.place().organizationPath() + "/environments",
                                Json.object()
                                        .put("name", name)
                                        .put("dataPlane", dataPlane)
                                        .put("production", production)));
        return 0;
    }
}
