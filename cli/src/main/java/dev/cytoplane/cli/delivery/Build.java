package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.place.ComponentAddress;
import dev.cytoplane.cli.resource.Builds;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "build", description = "Start, list, follow and cancel builds.")
public final class Build implements Runnable {

    private static final String COMPONENT = "COMPONENT or PROJECT/COMPONENT.";
    private static final String BUILD = "Id of the build. Default: the newest.";

    private final Session session;

    @Spec
    private CommandSpec spec;

    Build(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to do with builds.");
    }

    @Command(name = "start", description = "Build a commit of the component's repository.")
    int start(
            @Parameters(paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Option(names = "--commit", paramLabel = "SHA", description = "This commit.") @Nullable String commit,
            @Option(names = "--branch", paramLabel = "NAME", description = "The newest commit of this branch.")
                    @Nullable
                    String branch,
            @Option(names = "--force", description = "Also when the same was built before.") boolean force,
            @Option(names = "--no-wait", description = "Return once it is queued.") boolean noWait) {
        ComponentAddress address = session.place().component(component);
        ObjectNode body = Json.object();
        if (commit != null) {
            body.put("commit", commit);
        }
        if (branch != null) {
            body.put("branch", branch);
        }
        if (force) {
            body.put("force", true);
        }
        JsonNode build = session.api().post(address.path("builds"), body);
        if (!noWait) {
            Output output = session.output();
            build = new BuildWatch(session.api(), output, output::log)
                    .follow(address.path("builds", Json.text(build, "id")));
        }
        tell(build);
        if (!noWait) {
            BuildWatch.requireSuccess(build);
        }
        return 0;
    }

    @Command(name = "list", description = "List the builds of a component, the newest first.")
    int list(
            @Parameters(paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Option(names = "--status", paramLabel = "STATUS", description = "Only those: QUEUED, RUNNING, SUCCEEDED…")
                    @Nullable
                    String status,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most. Default: 20.")
                    int limit) {
        String filter = status == null ? "" : "&status=" + Api.encode(status);
        String path = session.place().component(component).path("builds") + "?sort=-createdAt" + filter;
        Builds.print(session, session.api().list(path, limit));
        return 0;
    }

    @Command(name = "log", description = "Print the log of a build.")
    int log(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = BUILD) @Nullable String id,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Go on until it has ended.")
                    boolean follow) {
        ComponentAddress address = session.place().component(component);
        String path = address.path("builds", id != null ? id : newest(address));
        Output output = session.output();
        if (follow) {
            BuildWatch.requireSuccess(new BuildWatch(session.api(), output, output::raw).follow(path));
        } else {
            output.raw(session.api().getText(path + "/log"));
        }
        return 0;
    }

    @Command(name = "cancel", description = "Cancel a build.")
    int cancel(
            @Parameters(index = "0", paramLabel = "COMPONENT", description = COMPONENT) String component,
            @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = BUILD) @Nullable String id) {
        ComponentAddress address = session.place().component(component);
        tell(session.api().post(address.path("builds", id != null ? id : newest(address), "cancel"), Json.object()));
        return 0;
    }

    private String newest(ComponentAddress address) {
        List<JsonNode> builds = Json.list(session.api().list(address.path("builds") + "?sort=-createdAt", 1), "items");
        if (builds.isEmpty()) {
            throw new dev.cytoplane.cli.Failure(
                    dev.cytoplane.cli.ExitCode.NOT_FOUND,
                    "The component " + address + " was not built yet.",
                    "cyto deploy, or cyto build start " + address);
        }
        return Json.text(builds.getFirst(), "id");
    }

    private void tell(JsonNode build) {
        session.output()
                .result(
                        session.json()
                                ? Json.pretty(build)
                                : "Build " + Json.text(build, "id") + ": " + Json.text(build, "status")
                                        + (Json.text(build, "release").isEmpty()
                                                ? ""
                                                : ", release " + Json.text(build, "release")));
    }
}
