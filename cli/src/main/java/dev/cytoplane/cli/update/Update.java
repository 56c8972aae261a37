package dev.cytoplane.cli.update;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Api.Versioned;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.resource.Details;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "update", description = "Change something that is there.")
public final class Update implements Runnable {

    private final Session session;

    @Spec
    private CommandSpec spec;

    Update(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to change.");
    }

    @Command(name = "organization", description = "Change how an organization is called.")
    int organization(
            @Parameters(paramLabel = "NAME", description = "Which one.") String name,
            @Option(
                            names = "--display-name",
                            required = true,
                            paramLabel = "TEXT",
                            description = "How people call it. Its name stays.")
                    String displayName) {
        return patch(Api.path("organizations", name), Json.object().put("displayName", displayName));
    }

    @Command(name = "environment", description = "Change whether an environment is production.")
    int environment(
            @Parameters(paramLabel = "NAME", description = "Which one.") String name,
            @Option(
                            names = "--production",
                            required = true,
                            negatable = true,
                            description = "Mark it as production; --no-production takes the mark away.")
                    boolean production) {
        return patch(inOrganization("environments", name), Json.object().put("production", production));
    }

    @Command(name = "pipeline", description = "Replace the stages of a deployment pipeline.")
    int pipeline(
            @Parameters(index = "0", paramLabel = "NAME", description = "Which one.") String name,
            @Parameters(
                            index = "1..*",
                            arity = "1..*",
                            paramLabel = "ENVIRONMENT",
                            description = "Stages, the first first.")
                    List<String> stages) {
        String path = inOrganization("pipelines", name);
        ObjectNode body = Json.object();
        stages.forEach(body.putArray("stages")::add);
        Versioned current = session.api().getVersioned(path);
        Details.print(session, session.api().put(path, body, current.etag()));
        return 0;
    }

    @Command(name = "component", description = "Change a component: what is built of it, and what happens by itself.")
    int component(
            @Parameters(paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.") String component,
            @Option(names = "--display-name", paramLabel = "TEXT", description = "How people call it.") @Nullable
                    String displayName,
            @Option(names = "--branch", paramLabel = "NAME", description = "The branch that is built.") @Nullable
                    String branch,
            @Option(names = "--directory", paramLabel = "PATH", description = "Its folder in the repository.") @Nullable
                    String directory,
            @Option(
                            names = "--auto-deploy",
                            negatable = true,
                            description = "Deploy what is built to the first environment.")
                    @Nullable
                    Boolean autoDeploy,
            @Option(
                            names = "--auto-rollback",
                            negatable = true,
                            description = "Go back by itself to what is live when a deployment fails.")
                    @Nullable
                    Boolean autoRollback) {
        ObjectNode change = Json.object();
        ObjectNode source = Json.object();
        if (displayName != null) {
            change.put("displayName", displayName);
        }
        if (branch != null) {
            source.put("branch", branch);
        }
        if (directory != null) {
            source.put("directory", directory);
        }
        if (!source.isEmpty()) {
            change.set("source", source);
        }
        if (autoDeploy != null) {
            change.put("autoDeploy", autoDeploy);
        }
        if (autoRollback != null) {
            change.put("autoRollback", autoRollback);
        }
        if (change.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE, "It is not said what to change.", "cyto update component NAME --auto-rollback");
        }
        return patch(session.place().component(component).path(), change);
    }

    private int patch(String path, ObjectNode change) {
        Versioned current = session.api().getVersioned(path);
        Details.print(session, session.api().patch(path, change, current.etag()));
        return 0;
    }

    private String inOrganization(String collection, String name) {
        return session.place().organizationPath() + Api.path(collection, name);
    }
}
