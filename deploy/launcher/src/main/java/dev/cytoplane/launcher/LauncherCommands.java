package dev.cytoplane.launcher;

import dev.cytoplane.cli.CommandProvider;
import dev.cytoplane.cli.Session;
import dev.cytoplane.launcher.command.Doctor;
import dev.cytoplane.launcher.command.Down;
import dev.cytoplane.launcher.command.Reset;
import dev.cytoplane.launcher.command.Status;
import dev.cytoplane.launcher.command.Up;
import dev.cytoplane.launcher.demo.Demo;
import dev.cytoplane.launcher.supervisor.SupervisorState;
import dev.cytoplane.launcher.training.Train;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The launcher's commands. */
public final class LauncherCommands implements CommandProvider {

    @Override
    public Map<String, Supplier<Object>> commands(Session session) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new Demo(session));
        commands.put("up", () -> new Up(session));
        commands.put("down", () -> new Down(session));
        commands.put("status", () -> new Status(session));
        commands.put("doctor", () -> new Doctor(session));
        commands.put("reset", () -> new Reset(session));
        commands.put("train", () -> new Train(session));
        return commands;
    }

    @Override
    public void warmUp() throws IOException {
        SupervisorState.warmUp();
        LoggerFactory.getLogger(LauncherCommands.class).debug("Warm");
        WarmUpPlatform.use();
    }
}
