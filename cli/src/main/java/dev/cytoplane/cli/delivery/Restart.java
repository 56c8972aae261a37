package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restart",
        description = "Replace the instances in an environment by new ones, without refusing a request meanwhile.")
public final class Restart implements Callable<Integer> {

    private final Session session;

    @Mixin
    private Deployed deployed = new Deployed();

    @Option(names = "--no-wait", description = "Do not wait until the new instances serve.")
    private boolean noWait;

    Restart(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = deployed.address(session);
        return new DeploymentWatch(session)
                .finish(address, session.api().post(address.path("restarts"), deployed.request()), !noWait);
    }
}
