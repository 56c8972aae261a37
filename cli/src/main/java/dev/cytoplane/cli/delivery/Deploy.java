package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Progress;
import dev.cytoplane.cli.place.ComponentAddress;
import dev.cytoplane.cli.source.WorkingTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "deploy",
        description = {
            "Build and deploy a folder as it is, committed or not.",
            "What .gitignore names is left out. A component that does not exist yet is created."
        })
public final class Deploy implements Callable<Integer> {

    private static final Duration UNTIL_DEPLOYMENT = Duration.ofSeconds(20);

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = ".", description = "The folder. Default: this one.")
    private Path directory = Path.of(".");

    @Option(
            names = {"-c", "--component"},
            paramLabel = "COMPONENT",
            description = "COMPONENT or PROJECT/COMPONENT. Default: the folder's name.")
    private @Nullable String component;

    @Option(names = "--no-wait", description = "Return once it is uploaded.")
    private boolean noWait;

    Deploy(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Output output = session.output();
        Api api = session.api();
        Path folder = directory.toAbsolutePath().normalize();
        ComponentAddress address = session.place().component(component != null ? component : nameOf(folder));
        WorkingTree tree = new WorkingTree(folder);
        List<String> files = tree.files();
        if (files.isEmpty()) {
            throw new Failure(ExitCode.FAILED, "There is nothing to deploy in " + folder + ".");
        }
        createIfMissing(api, output, address);
        JsonNode build = upload(api, output, tree, files, address);
        if (noWait) {
            output.result(session.json() ? Json.pretty(build) : "Build " + Json.text(build, "id") + " is queued.");
            return 0;
        }
        String path = address.path("builds", Json.text(build, "id"));
        JsonNode built = new BuildWatch(api, output, output::log).follow(path);
        BuildWatch.requireSuccess(built);
        JsonNode deployed = awaitDeployment(api, path, built);
        if (Json.text(deployed, "deployment").isEmpty()) {
            output.result(
                    session.json()
                            ? Json.pretty(deployed)
                            : "Built " + Json.text(deployed, "release")
                                    + ". It is not deployed by itself: cyto promote.");
            return 0;
        }
        JsonNode deployment = api.get(address.path("deployments", Json.text(deployed, "deployment")));
        return new DeploymentWatch(session).finish(address, deployment, true);
    }

    /** A DNS label made of a folder's name. */
    static String nameOf(Path folder) {
        String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
        String label =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[-0-9]+|-+$", "");
        if (label.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE, "The folder's name makes no component's name.", "Name it: --component NAME");
        }
        return label.length() > 40 ? label.substring(0, 40).replaceAll("-+$", "") : label;
    }

    private void createIfMissing(Api api, Output output, ComponentAddress address) {
        if (api.exists(address.path())) {
            return;
        }
        // Says which of the owners is missing, if one is.
        api.get(address.projectPath());
        output.note("The component " + address + " does not exist yet: creating it.");
        api.post(address.projectPath() + "/components", Json.object().put("name", address.component()));
    }

    private static JsonNode upload(
            Api api, Output output, WorkingTree tree, List<String> files, ComponentAddress address) throws IOException {
        Path archive = Files.createTempFile("cyto-", ".tar.gz");
        try (Progress progress = output.progress("Packing " + files.size() + " files")) {
            tree.pack(files, archive);
            progress.update("Uploading " + files.size() + " files, " + (Files.size(archive) + 1023) / 1024 + " KB");
            return api.upload(address.path("uploads"), archive);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    /** A successful build is deployed a moment after it has ended, when the component is deployed by itself. */
    private static JsonNode awaitDeployment(Api api, String path, JsonNode built) {
        JsonNode build = built;
        Instant deadline = Instant.now().plus(UNTIL_DEPLOYMENT);
        String component = path.substring(0, path.indexOf("/builds/"));
        boolean automatic = api.get(component).path("autoDeploy").asBoolean(true);
        while (automatic
                && Json.text(build, "deployment").isEmpty()
                && Instant.now().isBefore(deadline)) {
            api.http().pause(Duration.ofMillis(200));
            build = api.get(path);
        }
        return build;
    }
}
