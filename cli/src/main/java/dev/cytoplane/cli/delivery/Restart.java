package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart",
        description = "Replace the instances in an environment by new ones, without refusing a request meanwhile.")
public final class Restart implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.")
    private String component = "";

    @Option(
            names = {"-e", "--environment"},
            required = true,
            paramLabel = "NAME",
            description = "The environment.")
    private String environment = "";

    @Option(names = "--no-wait", description = "Do not wait until the new instances serve.")
    private boolean noWait;

    Restart(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = session.place().component(component);
        return new DeploymentWatch(session)
                .finish(
                        address,
                        session.api()
                                .post(address.path("restarts"), Json.object().put("environment", environment)),
                        !noWait);
    }
}
