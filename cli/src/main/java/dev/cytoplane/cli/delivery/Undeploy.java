package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.output.Confirmation;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "undeploy", description = "Take a component out of an environment. Its releases stay.")
public final class Undeploy implements Callable<Integer> {

    private final Session session;

    @Mixin
    private Deployed deployed = new Deployed();

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
        ComponentAddress address = deployed.address(session);
        if (!yes) {
            Confirmation.require(
                    session,
                    address + " will not be reachable in " + deployed.environment() + " any more.",
                    address.component());
        }
        return new DeploymentWatch(session)
                .finish(address, session.api().post(address.path("undeployments"), deployed.request()), !noWait);
    }
}
