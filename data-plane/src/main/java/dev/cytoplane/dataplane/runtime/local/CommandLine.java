package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.runtime.Workload;
import dev.cytoplane.dataplane.site.StaticServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program and arguments of a workload. */
final class CommandLine {

    private CommandLine() {}

    static List<String> of(Workload workload, Path javaHome) {
        String java = javaHome.resolve("bin/java").toString();
        if (workload.component().artifact().kind() == Cell.Artifact.Kind.STATIC) {
            return StaticServer.command(
                    java, StaticServer.classPath(), workload.artifact().toString());
        }
        List<String> command = new ArrayList<>(workload.component().command());
        if (command.isEmpty()) {
            throw new IllegalArgumentException("The component "
                    + workload.component().name() + " has no command: add run.command to its cytoplane.yaml");
        }
        if (command.getFirst().equals("java")) {
            command.set(0, java);
            Long limit = workload.component().memoryBytes();
            boolean ownLimit = command.stream()
                    .anyMatch(argument -> argument.startsWith("-Xmx") || argument.startsWith("-XX:MaxRAM"));
            if (limit != null && !ownLimit) {
                // Java sizes its heap by the machine unless it is told what it may use of it.
                command.add(1, "-XX:MaxRAM=" + limit);
            }
        }
        return List.copyOf(command);
    }
}
