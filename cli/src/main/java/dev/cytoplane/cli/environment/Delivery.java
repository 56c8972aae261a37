package dev.cytoplane.cli.environment;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Api.Versioned;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.login.SecretInput;
import dev.cytoplane.cli.output.Confirmation;
import dev.cytoplane.cli.output.Table;
import dev.cytoplane.cli.resource.Details;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "delivery",
        description = {
            "The Git repository that an environment's cells are written to.",
            "Flux, Argo CD or kubectl can deliver from there."
        })
final class Delivery implements Runnable {

    private static final String ENVIRONMENT = "ENVIRONMENT";
    private static final String WHICH = "Which one.";
    private static final int SHORT_COMMIT = 12;
    private static final int MOST = 1_000;

    enum Mode {
        link,
        git
    }

    enum OnDrift {
        keep,
        heal
    }

    private final Session session;

    @Spec
    private CommandSpec spec;

    Delivery(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to do with the delivery repository.");
    }

    @Command(name = "show", description = "Show where an environment's cells are written to, and how that goes.")
    int show(@Parameters(paramLabel = ENVIRONMENT, description = WHICH) String environment) {
        Details.print(session, session.api().get(path(environment)));
        return 0;
    }

    @Command(
            name = "set",
            description = {
                "Write an environment's cells to a Git repository, or change where to and how.",
                "What is left out stays as it is. With --username the token is read from standard input:",
                "printf %s \"$TOKEN\" | cyto environment delivery set production --url … --username …"
            })
    int set(
            @Parameters(paramLabel = ENVIRONMENT, description = WHICH) String environment,
            @Option(names = "--url", paramLabel = "URL", description = "The repository, by https.") @Nullable
                    String url,
            @Option(names = "--branch", paramLabel = "NAME", description = "Default: main.") @Nullable String branch,
            @Option(
                            names = "--directory",
                            paramLabel = "PATH",
                            description = "Where in the repository the files are. Default: its root.")
                    @Nullable
                    String directory,
            @Option(
                            names = "--username",
                            paramLabel = "NAME",
                            description = "Who signs in there; may be any for some hosts. The token comes from standard"
                                    + " input.")
                    @Nullable
                    String username,
            @Option(
                            names = "--mode",
                            paramLabel = "MODE",
                            description =
                                    "link: the data plane applies what the platform tells it, and the repository has a"
                                            + " copy (default). git: only what is delivered from the repository is applied.")
                    @Nullable
                    Mode mode,
            @Option(
                            names = "--on-drift",
                            paramLabel = "POLICY",
                            description =
                                    "A file that somebody else changed: keep shows it (default), heal writes it over.")
                    @Nullable
                    OnDrift onDrift) {
        String path = path(environment);
        Versioned current =
                session.api().exists(path) ? session.api().getVersioned(path) : new Versioned(Json.object(), null);
        ObjectNode body = Json.object();
        put(body, "url", url, current.value());
        put(body, "branch", branch, current.value());
        put(body, "directory", directory, current.value());
        put(body, "mode", mode == null ? null : mode.name(), current.value());
        put(body, "onDrift", onDrift == null ? null : onDrift.name(), current.value());
        if (!body.has("url")) {
            throw new Failure(ExitCode.USAGE, "Say which repository it is: --url https://…");
        }
        if (username != null) {
            body.putObject("credentials")
                    .put("username", username)
                    .put("token", SecretInput.fromStdin(session, "Token of " + username));
        }
        Details.print(session, session.api().put(path, body, current.etag()));
        return 0;
    }

    @Command(
            name = "remove",
            description = {
                "Write an environment's cells to its Git repository no more. The files stay there.",
                "Asks for the environment's name first, unless --yes."
            })
    int remove(
            @Parameters(paramLabel = ENVIRONMENT, description = WHICH) String environment,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        if (!yes) {
            Confirmation.require(
                    session, "The cells of " + environment + " are written to Git no more after this.", environment);
        }
        session.api().delete(path(environment));
        session.output().note("Removed the delivery repository of " + environment + ". Its files stay.");
        return 0;
    }

    @Command(
            name = "status",
            description =
                    "Show for each cell what is wanted, what is in the repository, who changed it, and what runs.")
    int status(@Parameters(paramLabel = ENVIRONMENT, description = WHICH) String environment) {
        JsonNode delivery = session.api().get(path(environment));
        JsonNode cells = session.api().list(path(environment, "cells"), MOST);
        if (session.json()) {
            session.output().result(Json.pretty(cells));
            return 0;
        }
        String error = Json.textOrNull(delivery, "lastError");
        if (error != null) {
            session.output().error("The last look at the repository failed: " + error);
        }
        Table table = new Table("PROJECT", "SYNC", "WANTED", "IN GIT", "COMMIT", "BY", "APPLIED", "READY");
        List<String> differences = new ArrayList<>();
        Json.list(cells, "items").forEach(cell -> {
            JsonNode file = cell.path("repository");
            table.row(List.of(
                    Json.text(cell, "project"),
                    Json.text(cell, "sync").toLowerCase(Locale.ROOT).replace('_', '-'),
                    or(cell.path("wantedVersion"), "none"),
                    file.path("there").asBoolean() ? or(file.path("version"), "another") : "none",
                    commit(file),
                    or(file.path("author"), "-"),
                    or(cell.path("applied").path("version"), "-"),
                    cell.path("applied").path("ready").asBoolean() ? "yes" : "no"));
            Json.list(cell, "differences").forEach(it -> differences.add(difference(cell, it)));
        });
        if (table.isEmpty()) {
            session.output().note("No cells.");
        } else {
            table.print(session.output());
        }
        if (!differences.isEmpty()) {
            session.output().note("");
            differences.forEach(session.output()::result);
            session.output()
                    .note("cyto environment delivery heal " + environment + " PROJECT writes it as it is wanted.");
        }
        return 0;
    }

    @Command(name = "heal", description = "Write a file that somebody else changed as it is wanted again.")
    int heal(
            @Parameters(index = "0", paramLabel = ENVIRONMENT, description = WHICH) String environment,
            @Parameters(index = "1", paramLabel = "PROJECT", description = "Whose file.") String project) {
        JsonNode asked = session.api().post(path(environment, "cells", project, "heal"), Json.object());
        if (session.json()) {
            session.output().result(Json.pretty(asked));
        } else {
            session.output().note("The file of " + project + " is written over now.");
        }
        return 0;
    }

    private static void put(ObjectNode body, String field, @Nullable String value, JsonNode current) {
        String stays = value != null ? value : Json.textOrNull(current, field);
        if (stays != null) {
            body.put(field, stays);
        }
    }

    private static String commit(JsonNode file) {
        String commit = or(file.path("commit"), "-");
        return commit.substring(0, Math.min(SHORT_COMMIT, commit.length()));
    }

    private static String difference(JsonNode cell, JsonNode difference) {
        return "%s: %s is %s, wanted is %s"
                .formatted(
                        Json.text(cell, "project"),
                        Json.text(difference, "path"),
                        or(difference.path("found"), "not there"),
                        or(difference.path("wanted"), "nothing"));
    }

    private static String or(JsonNode value, String otherwise) {
        return value.isMissingNode() || value.isNull() ? otherwise : value.asString();
    }

    private String path(String environment, String... below) {
        List<String> parts = new ArrayList<>(List.of("environments", environment, "delivery"));
        parts.addAll(List.of(below));
        return session.place().organizationPath() + Api.path(parts.toArray(String[]::new));
    }
}
