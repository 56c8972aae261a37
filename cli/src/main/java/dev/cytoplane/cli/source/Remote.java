package dev.cytoplane.cli.source;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.place.ComponentAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "remote",
        description = {
            "Make this Git clone push to a component.",
            "Adds the remote, and cyto as credential helper for it: then git push cytoplane main."
        })
public final class Remote implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.")
    private String component = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "cytoplane",
            description = "Name of the remote. Default: cytoplane.")
    private String name = "cytoplane";

    @Option(names = "--directory", paramLabel = "DIR", defaultValue = ".", description = "The clone. Default: here.")
    private Path directory = Path.of(".");

    Remote(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Git git = new Git(directory.toAbsolutePath().normalize());
        if (!git.isRepository()) {
            throw new Failure(ExitCode.USAGE, directory + " is not in a Git repository.", "git init");
        }
        ComponentAddress address = session.place().component(component);
        String url = Json.text(session.api().get(address.path()), "gitUrl");
        if (url.isEmpty()) {
            throw new Failure(
                    ExitCode.CONFLICT,
                    "The component " + address + " is built from an outside repository.",
                    "Push there; the platform follows its webhook.");
        }
        git.run("remote", git.succeeds("remote", "get-url", name) ? "set-url" : "add", name, url);
        String key = "credential." + origin(URI.create(url)) + ".helper";
        // An empty helper first: helpers of the system would keep the short-lived token and offer it when it is dead.
        git.run("config", "--local", "--replace-all", key, "");
        git.run("config", "--local", "--add", key, helper());
        session.output().result("git push " + name + " main  now builds and deploys " + address + ".");
        return 0;
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getAuthority();
    }

    private String helper() {
        String root = System.getProperty("cytoplane.root");
        String program = root == null ? "cyto" : Path.of(root, "cyto").toString();
        return "!" + quote(program) + " --home " + quote(session.home().root().toString()) + " --context "
                + quote(session.contextName()) + " git-credential";
    }

    /** Git hands helpers with ! to a shell. */
    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
