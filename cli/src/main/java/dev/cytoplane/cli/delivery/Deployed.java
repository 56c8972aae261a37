package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.place.ComponentAddress;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/**
 * A component in an environment, of commands that change what runs there: the environment has to be named. A picocli
 * mixin.
 */
final class Deployed {

    @Parameters(paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.")
    private String component = "";

    @Option(
            names = {"-e", "--environment"},
            required = true,
            paramLabel = "NAME",
            description = "The environment.")
    private String environment = "";

    ComponentAddress address(Session session) {
        return session.place().component(component);
    }

    String environment() {
        return environment;
    }

    /** What a request to change it begins with. */
    ObjectNode request() {
        return Json.object().put("environment", environment);
    }
}
