package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Confirmation;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "undeploy", description = "Take a component out of an environment. Its releases stay.")
public final class Undeploy implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.")
    private String component = "";

    @Option(
            names = {"-e", "--environment"},
            required = true,
            paramLabel = "NAME",
            description = "The environment.")
    private String environment = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--no-wait", description = "Do not wait until it is gone.")
    private boolean noWait;

    Undeploy(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = session.place().component(component);
        if (!yes) {
            Confirmation.require(
                    session, address + " will not be reachable in " + environment + " any more.", address.component());
        }
        return new DeploymentWatch(session)
                .finish(
                        address,
                        session.api()
                                .post(
                                        address.path("undeployments"),
                                        Json.object().put("environment", environment)),
                        !noWait);
    }
}
