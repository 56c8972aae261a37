package dev.cytoplane.cli.create;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.login.SecretInput;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "component",
        description = {
            "Create a component.",
            "Without --git-url it gets a Git repository of the platform; push to it, or use cyto deploy."
        })
final class CreateComponent implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "COMPONENT or PROJECT/COMPONENT; cannot be changed later.")
    private String name = "";

    @Option(names = "--display-name", paramLabel = "TEXT", description = "How people call it.")
    private @Nullable String displayName;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "service, web-application, worker, scheduled-task or manual-task. Default: what its descriptor says, or is detected.")
    private @Nullable String type;

    @Option(names = "--git-url", paramLabel = "URL", description = "Build from this repository.")
    private @Nullable String gitUrl;

    @Option(names = "--branch", paramLabel = "NAME", description = "Branch that is built. Default: main.")
    private @Nullable String branch;

    @Option(names = "--directory", paramLabel = "DIR", description = "Folder of the component in the repository.")
    private @Nullable String directory;

    @Option(names = "--git-username", paramLabel = "NAME", description = "User name at the repository.")
    private @Nullable String gitUsername;

    @Option(names = "--git-password-stdin", description = "Read the password or token of the repository from stdin.")
    private boolean gitPasswordStdin;

    @Option(names = "--auto-rollback", description = "Go back by itself to what is live when a deployment fails.")
    private boolean autoRollback;

    @Option(names = "--no-auto-deploy", description = "Do not deploy what is built.")
    private boolean noAutoDeploy;

    CreateComponent(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = session.place().component(name);
        ObjectNode body = Json.object().put("name", address.component());
        Created.put(body, "displayName", displayName);
        Created.put(body, "type", type);
        source(body);
        if (noAutoDeploy) {
            body.put("autoDeploy", false);
        }
        if (autoRollback) {
            body.put("autoRollback", true);
        }
        JsonNode created = session.api().post(address.projectPath() + "/components", body);
        Created.tell(session, "Created the component " + address + ".", created);
        if (gitUrl == null) {
            session.output()
                    .note("Next: cyto deploy DIR --component " + address + ", or in a clone: cyto remote " + address
                            + " && git push cytoplane main");
        }
        return 0;
    }

    private void source(ObjectNode body) {
        if (gitUrl == null && branch == null && directory == null) {
            return;
        }
        ObjectNode source = body.putObject("source").put("kind", gitUrl == null ? "platform" : "git");
        Created.put(source, "url", gitUrl);
        Created.put(source, "branch", branch);
        Created.put(source, "directory", directory);
        if (gitPasswordStdin) {
            if (gitUsername == null) {
                throw new Failure(ExitCode.USAGE, "--git-password-stdin needs --git-username.");
            }
            source.putObject("credentials")
                    .put("username", gitUsername)
                    .put("password", SecretInput.fromStdin(session, "Password of the repository"));
        }
    }
}
