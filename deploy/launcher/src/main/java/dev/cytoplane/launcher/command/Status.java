package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What runs, and where. */
@Command(name = "status", description = "Show what runs on this machine, and whether it is well.")
public final class Status implements Callable<Integer> {

    private final Session session;

    public Status(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return 0;
    }
}
