package dev.cytoplane.launcher;

import dev.cytoplane.cli.CommandProvider;
import dev.cytoplane.cli.Session;
import dev.cytoplane.launcher.command.Doctor;
import dev.cytoplane.launcher.command.Down;
import dev.cytoplane.launcher.command.Reset;
import dev.cytoplane.launcher.command.Status;
import dev.cytoplane.launcher.command.Up;
import dev.cytoplane.launcher.demo.Demo;
import java.util.List;

/** The launcher's commands. */
public final class LauncherCommands implements CommandProvider {

    @Override
    public List<Object> commands(Session session) {
        return List.of(
                new Demo(session),
                new Up(session),
                new Down(session),
                new Status(session),
                new Doctor(session),
                new Reset(session));
    }
}
