package dev.cytoplane.process;

import dev.cytoplane.process.OperatingSystem.Marked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A process as one sees it who does not own it. Looking changes nothing: an owner that starts and ends processes
 * meanwhile loses no record and no process to it, as it would to a second {@link Processes}.
 */
public record Sighting(String id, long pid, Instant startedAt) {

    /** The processes of a state folder that run now, by id. */
    public static List<Sighting> of(Path stateDirectory) {
        Path folder = stateDirectory.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        OperatingSystem system = OperatingSystem.current();
        Map<String, Sighting> seen = new TreeMap<>();
        String prefix = Processes.prefix(folder);
        for (Marked root : system.roots(prefix)) {
            String id = root.marker().substring(prefix.length());
            seen.put(id, new Sighting(id, root.pid(), startOf(root.pid())));
        }
        ProcessRecords records = new ProcessRecords(folder);
        // The record, where there is one: a process may have hidden its environment, or have lost the tree's top.
        for (String id : records.ids()) {
            records.read(id)
                    .filter(entry -> system.identity(entry.pid())
                            .filter(entry.identity()::equals)
                            .isPresent())
                    .ifPresent(entry -> seen.put(id, new Sighting(id, entry.pid(), entry.startedAt())));
        }
        return List.copyOf(seen.values());
    }

    /**
     * A text that no other process of this machine ever has or had, not even one with the same pid later; empty when
     * there is no such process. Unlike a time of start it does not change when the clock is set.
     */
    public static Optional<String> identity(long pid) {
        return OperatingSystem.current().identity(pid);
    }

    private static Instant startOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .orElseGet(Instant::now);
    }
}
