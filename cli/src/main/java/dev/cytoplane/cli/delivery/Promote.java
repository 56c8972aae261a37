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
        name = "promote",
        description = "Deploy what is live in the stage before to the next environment of the pipeline.")
public final class Promote implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.")
    private String component = "";

    @Option(names = "--to", required = true, paramLabel = "ENVIRONMENT", description = "Where to.")
    private String to = "";

    @Option(names = "--release", paramLabel = "ID", description = "Default: what is live in the stage before.")
    private @Nullable String release;

    @Option(names = "--no-wait", description = "Do not wait until it is live.")
    private boolean noWait;

    Promote(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = session.place().component(component);
        ObjectNode body = Json.object().put("to", to);
        if (release != null) {
            body.put("release", release);
        }
        return new DeploymentWatch(session)
                .finish(address, session.api().post(address.path("promotions"), body), !noWait);
    }
}
