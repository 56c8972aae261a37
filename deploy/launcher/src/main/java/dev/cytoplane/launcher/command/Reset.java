package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.cli.output.Confirmation;
import dev.cytoplane.launcher.platform.Folders;
import dev.cytoplane.launcher.registration.LocalContext;
import dev.cytoplane.launcher.supervisor.Standstill;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops the platform and deletes what it keeps. Sign-ins to other servers stay. */
@Command(
        name = "reset",
        description = {
            "Stop the platform and delete everything it keeps: data, repositories, passwords.",
            "Sign-ins to other servers stay."
        })
public final class Reset implements Callable<Integer> {

    /** The folder with the lock comes last: until then no platform can start in what is being deleted. */
    private static final List<String> KEPT_BY_THE_PLATFORM = List.of(
            "data-plane", "control-plane", "keycloak", "postgres", "logs", "credentials", "platform.json", "run");

    private final Session session;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    public Reset(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Home home = session.home();
        if (!yes) {
            Confirmation.require(
                    session,
                    "This deletes all organizations, components, data and passwords in " + home.root() + ".",
                    "reset");
        }
        try (Standstill standstill = new Down(session).reach()) {
            for (String name : KEPT_BY_THE_PLATFORM) {
                try {
                    Folders.delete(home.file(name));
                } catch (IOException e) {
                    throw new Failure(
                            ExitCode.FAILED, home.file(name) + " cannot be deleted.", "Repeat cyto reset.", e);
                }
            }
        }
        session.contexts().forget(LocalContext.NAME);
        session.contexts().remove(LocalContext.NAME);
        session.output().result("Everything in " + home.root() + " is deleted. cyto up starts afresh.");
        return 0;
    }
}
