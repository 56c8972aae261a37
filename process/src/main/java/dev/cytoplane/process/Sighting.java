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

    /** One process of a state folder that has only one. Who is on record is not looked for among all processes. */
    public static Optional<Sighting> only(Path stateDirectory) {
        Path folder = stateDirectory.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        return recorded(folder, OperatingSystem.current()).values().stream()
                .findFirst()
                .or(() -> of(folder).stream().findFirst());
    }

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
        // The record, where there is one: a process may have hidden its environment, or have lost the tree's top.
        seen.putAll(recorded(folder, system));
        return List.copyOf(seen.values());
    }

    private static Map<String, Sighting> recorded(Path folder, OperatingSystem system) {
        Map<String, Sighting> alive = new TreeMap<>();
        ProcessRecords records = new ProcessRecords(folder);
        for (String id : records.ids()) {
            records.read(id)
                    .filter(entry -> system.identity(entry.pid())
                            .filter(entry.identity()::equals)
                            .isPresent())
                    .ifPresent(entry -> alive.put(id, new Sighting(id, entry.pid(), entry.startedAt())));
        }
        return alive;
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
