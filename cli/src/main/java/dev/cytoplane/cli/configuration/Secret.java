package dev.cytoplane.cli.configuration;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.login.SecretInput;
import dev.cytoplane.cli.output.Confirmation;
import dev.cytoplane.cli.output.Table;
import dev.cytoplane.cli.place.ComponentAddress;
import dev.cytoplane.cli.place.EnvironmentOption;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "secret",
        description = {
            "Secrets of a component in an environment.",
            "A value is read from standard input, kept encrypted, and never shown again."
        })
public final class Secret implements Runnable {

    private static final String COMPONENT = "COMPONENT or PROJECT/COMPONENT.";

    private final Session session;

    @Spec
    private CommandSpec spec;

    Secret(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to do with the secrets.");
    }

    @Command(name = "list", description = "List the secrets, without their values.")
    int list(
            @Parameters(paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Mixin EnvironmentOption environment) {
        JsonNode secrets = session.api().get(path(component, environment));
        if (session.json()) {
            session.output().result(Json.pretty(secrets));
            return 0;
        }
        Table table = new Table("NAME", "VERSION", "UPDATED");
        List<JsonNode> rows = new ArrayList<>(Json.list(secrets, "items"));
        if (secrets.isArray()) {
            secrets.forEach(rows::add);
        }
        rows.forEach(secret -> table.row(
                List.of(Json.text(secret, "name"), Json.text(secret, "version"), Json.text(secret, "updatedAt"))));
        if (table.isEmpty()) {
            session.output().note("No secrets.");
        } else {
            table.print(session.output());
        }
        return 0;
    }

    @Command(
            name = "set",
            description = "Set a secret to what comes from standard input: printf %s \"$KEY\" | cyto secret set …")
    int set(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(index = "1", paramLabel = "NAME", description = "The environment variable.") String name,
            @Mixin EnvironmentOption environment) {
        int equals = name.indexOf('=');
        if (equals >= 0) {
            String bare = name.substring(0, equals);
            throw new Failure(
                    ExitCode.USAGE,
                    "A secret's value is never on the command line, where others can read it. Change it, if it was real.",
                    "printf %%s \"$%s\" | cyto secret set %s %s".formatted(bare, component, bare));
        }
        String value = SecretInput.fromStdin(session, "Value of " + name);
        session.api().put(path(component, environment, name), Json.object().put("value", value), null);
        session.output().note("Set the secret " + name + ".");
        return 0;
    }

    @Command(name = "delete", description = "Delete a secret. Asks for its name first, unless --yes.")
    int delete(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(index = "1", paramLabel = "NAME", description = "The environment variable.") String name,
            @Mixin EnvironmentOption environment,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        String path = path(component, environment, name);
        if (!yes) {
            Confirmation.require(session, "This deletes the secret " + name + " of " + component + ".", name);
        }
        session.api().delete(path);
        session.output().note("Deleted the secret " + name + ".");
        return 0;
    }

    private String path(String component, EnvironmentOption environment, String... below) {
        ComponentAddress address = session.place().component(component);
        List<String> parts = new ArrayList<>(List.of("secrets", environment.of(address, session.place())));
        parts.addAll(List.of(below));
        return address.path(parts.toArray(String[]::new));
    }
}
