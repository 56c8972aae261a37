package dev.cytoplane.builder.pod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How often the system has ended a process of this pod since its memory was used up. */
final class OutOfMemory {

    /** Control groups of version 2, and of version 1. */
    private static final List<Path> COUNTERS =
            List.of(Path.of("/sys/fs/cgroup/memory.events"), Path.of("/sys/fs/cgroup/memory/memory.oom_control"));

    private static final String COUNT = "oom_kill ";

    private OutOfMemory() {}

    /** 0 where it cannot be told. */
    static long kills() {
        for (Path file : COUNTERS) {
            try (Stream<String> lines = Files.lines(file)) {
                var count = lines.filter(line -> line.startsWith(COUNT))
                        .mapToLong(line ->
                                Long.parseLong(line.substring(COUNT.length()).strip()))
                        .findFirst();
                if (count.isPresent()) {
                    return count.getAsLong();
                }
            } catch (IOException e) {
                // The other version, then.
            }
        }
        return 0;
    }
}
