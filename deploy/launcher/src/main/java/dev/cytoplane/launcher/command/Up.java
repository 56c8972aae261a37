package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.launcher.platform.Platform;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the platform of a home, or waits for the one that is starting. */
@Command(
        name = "up",
        description = {
            "Start the platform on this machine.",
            "Everything it keeps is in the state folder; nothing is installed. Runs in the background until cyto down."
        })
public final class Up implements Callable<Integer> {

    private final Session session;

    @Mixin
    private PortFlags ports = new PortFlags();

    @Option(names = "--foreground", description = "Stay in this terminal; Ctrl-C stops the platform.")
    private boolean foreground;

    public Up(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (foreground) {
            return new Foreground(session).run(ports.wanted(), Optional.ofNullable(ports.otlpEndpoint));
        }
        try (Start start = Start.of(session, ports)) {
            start.keep();
        }
        Output output = session.output();
        Platform platform = Platform.read(session.home()).orElseThrow();
        output.result("The platform is up: " + platform.apiUrl());
        output.note("In a browser that is the console: sign in as admin, with the adminPassword of "
                + session.home().file("credentials"));
        output.note("You are signed in as admin on this machine (cyto whoami). Elsewhere: cyto login --server "
                + platform.apiUrl());
        output.note("Next: cyto demo, cyto status, cyto deploy. Stop it: cyto down.");
        return 0;
    }
}
