package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "rollback",
        description = "Go back to an earlier deployment of an environment, with its release and its configuration.")
public final class Rollback implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.")
    private String component = "";

    @Option(
            names = {"-e", "--environment"},
            required = true,
            paramLabel = "NAME",
            description = "The environment.")
    private String environment = "";

    @Option(names = "--deployment", paramLabel = "ID", description = "Default: the one before.")
    private @Nullable String deployment;

    @Option(names = "--no-wait", description = "Do not wait until it is live.")
    private boolean noWait;

    Rollback(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = session.place().component(component);
        ObjectNode body = Json.object().put("environment", environment);
        if (deployment != null) {
            body.put("deployment", deployment);
        }
        return new DeploymentWatch(session)
                .finish(address, session.api().post(address.path("rollbacks"), body), !noWait);
    }
}
