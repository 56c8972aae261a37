package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "scale",
        description =
                "Run so many instances in an environment, or as many as their load needs. It holds for later releases, too.")
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

        @Option(names = "--reset", description = "As the descriptor says: its number, or its autoscaling.")
        private boolean reset;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable Load load;
    }

    static final class Load {

        @Option(
                names = "--max",
                paramLabel = "N",
                required = true,
                description = "By load, at most so many. --instances switches it off again.")
        private int max;

        @Option(names = "--min", paramLabel = "N", description = "By load, at least so many. Default 1.")
        private @Nullable Integer min;

        @Option(
                names = "--cpu",
                paramLabel = "PERCENT",
                description = "What they are to use of their CPU on average. Default 80, unless --memory is given.")
        private @Nullable Integer cpu;

        @Option(
                names = "--memory",
                paramLabel = "PERCENT",
                description = "What they are to use of their memory on average. Default: it does not count.")
        private @Nullable Integer memory;

        void describe(ObjectNode autoscaling) {
            autoscaling.put("maxInstances", max);
            putIfSaid(autoscaling, "minInstances", min);
            putIfSaid(autoscaling, "cpuPercent", cpu);
            putIfSaid(autoscaling, "memoryPercent", memory);
        }

        private static void putIfSaid(ObjectNode autoscaling, String field, @Nullable Integer value) {
            if (value != null) {
                autoscaling.put(field, value);
            }
        }
    }

    Scale(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = deployed.address(session);
        ObjectNode body = deployed.request();
        if (number.load != null) {
            number.load.describe(body.putObject("autoscaling"));
        } else if (!number.reset) {
            body.put("replicas", number.instances);
        }
        return new DeploymentWatch(session)
                .finish(address, session.api().post(address.path("scalings"), body), !noWait);
    }
}
