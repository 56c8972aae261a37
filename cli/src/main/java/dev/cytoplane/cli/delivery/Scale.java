package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "scale",
        description = "Run another number of instances in an environment. It holds there for later releases, too.")
public final class Scale implements Callable<Integer> {

    private final Session session;

    @Mixin
    private Deployed deployed = new Deployed();

    @ArgGroup(multiplicity = "1")
    private Number number = new Number();

    @Option(names = "--no-wait", description = "Do not wait until so many serve.")
    private boolean noWait;

    static final class Number {

        @Option(names = "--instances", paramLabel = "N", description = "How many.")
        private int instances;

        @Option(names = "--reset", description = "As many as the descriptor says.")
        private boolean reset;
    }

    Scale(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = deployed.address(session);
        ObjectNode body = deployed.request();
        if (!number.reset) {
            body.put("replicas", number.instances);
        }
        return new DeploymentWatch(session)
                .finish(address, session.api().post(address.path("scalings"), body), !noWait);
    }
}
