package dev.cytoplane.cli.configuration;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api.Versioned;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Table;
import dev.cytoplane.cli.place.ComponentAddress;
import dev.cytoplane.cli.place.EnvironmentOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "config",
        description = {
            "Settings of a component in an environment.",
            "A change is deployed at once. What nobody else may read belongs into cyto secret."
        })
public final class Config implements Runnable {

    private static final String COMPONENT = "COMPONENT or PROJECT/COMPONENT.";

    private final Session session;

    @Spec
    private CommandSpec spec;

    Config(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to do with the settings.");
    }

    @Command(name = "list", description = "Show the settings.")
    int list(
            @Parameters(paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Mixin EnvironmentOption environment) {
        print(session.api().get(path(component, environment)));
        return 0;
    }

    @Command(name = "set", description = "Set settings, and deploy them.")
    int set(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME=VALUE", description = "What to set.")
                    Map<String, String> values,
            @Mixin EnvironmentOption environment) {
        change(component, environment, all -> values.forEach(all::put));
        return 0;
    }

    @Command(name = "unset", description = "Remove settings, and deploy without them.")
    int unset(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "What to remove.")
                    List<String> names,
            @Mixin EnvironmentOption environment) {
        change(component, environment, all -> {
            for (String name : names) {
                if (all.remove(name) == null) {
                    throw new Failure(ExitCode.NOT_FOUND, "There is no setting " + name + ".");
                }
            }
        });
        return 0;
    }

    private void change(String component, EnvironmentOption environment, Consumer<ObjectNode> change) {
        String path = path(component, environment);
        Versioned current = session.api().getVersioned(path);
        ObjectNode body = Json.object();
        ObjectNode values = body.putObject("values");
        current.value().path("values").properties().forEach(value -> values.set(value.getKey(), value.getValue()));
        change.accept(values);
        print(session.api().put(path, body, current.etag()));
    }

    private String path(String component, EnvironmentOption environment) {
        ComponentAddress address = session.place().component(component);
        return address.path("configuration", environment.of(address, session.place()));
    }

    private void print(JsonNode configuration) {
        if (session.json()) {
            session.output().result(Json.pretty(configuration));
            return;
        }
        Table table = new Table("NAME", "VALUE");
        configuration
                .path("values")
                .properties()
                .forEach(value ->
                        table.row(List.of(value.getKey(), value.getValue().asString())));
        if (table.isEmpty()) {
            session.output().note("No settings.");
        } else {
            table.print(session.output());
        }
    }
}
