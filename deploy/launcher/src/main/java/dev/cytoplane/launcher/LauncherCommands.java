package dev.cytoplane.launcher;

import dev.cytoplane.cli.CommandProvider;
import dev.cytoplane.cli.Session;
import dev.cytoplane.launcher.command.Doctor;
import dev.cytoplane.launcher.command.Down;
import dev.cytoplane.launcher.command.Reset;
import dev.cytoplane.launcher.command.Status;
import dev.cytoplane.launcher.command.Up;
import dev.cytoplane.launcher.demo.Demo;
import dev.cytoplane.launcher.platform.Folders;
import dev.cytoplane.launcher.supervisor.SupervisorState;
import dev.cytoplane.launcher.training.Train;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.Processes;
import dev.cytoplane.process.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Path folder = Files.createTempDirectory("cyto-warm-up");
        try (Processes processes = new Processes(folder)) {
            processes.start(new ProcessSpec(
                    "sleep", List.of("sleep", "60"), folder, Map.of("PATH", "/usr/bin:/bin"), folder.resolve("log")));
            Sighting.of(folder);
            processes.endOrphans(Set.of(), Duration.ZERO).join();
        } finally {
            Folders.delete(folder);
        }
    }
}
