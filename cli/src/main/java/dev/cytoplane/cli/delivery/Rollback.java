package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "rollback",
        description = "Go back to an earlier deployment of an environment, with its release and its configuration.")
public final class Rollback implements Callable<Integer> {

    private final Session session;

    @Mixin
    private Deployed deployed = new Deployed();

    @Option(names = "--deployment", paramLabel = "ID", description = "Default: the one before.")
    private @Nullable String deployment;

    @Option(names = "--no-wait", description = "Do not wait until it is live.")
    private boolean noWait;

    Rollback(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = deployed.address(session);
        ObjectNode body = deployed.request();
        if (deployment != null) {
            body.put("deployment", deployment);
        }
        return new DeploymentWatch(session)
                .finish(address, session.api().post(address.path("rollbacks"), body), !noWait);
    }
}
