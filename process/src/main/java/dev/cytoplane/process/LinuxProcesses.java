package dev.cytoplane.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code /proc} (proc(5)). Whatever vanishes while it is read is taken as gone. */
final class LinuxProcesses implements OperatingSystem {

    private static final Path PROC = Path.of("/proc");
    /** USER_HZ is 100 on every architecture that a JDK 25 runs on. */
    private static final long MILLIS_PER_TICK = 10;

    private static final long BYTES_PER_PAGE_UNIT = 1024;

    private static final long RECENT_NANOS = 500_000_000;

    private final String boot;
    private volatile @Nullable Table recent;

    LinuxProcesses() {
        try {
            boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
    }

    static boolean available() {
        return Files.isReadable(PROC.resolve("self/stat"))
                && Files.isReadable(PROC.resolve("sys/kernel/random/boot_id"));
    }

    @Override
    public Optional<String> identity(long pid) {
        return Optional.ofNullable(stat(pid)).filter(Stat::alive).map(stat -> boot + "/" + stat.startTicks);
    }

    @Override
    public Set<Long> tree(long pid) {
        return tree(pid, all());
    }

    @Override
    public Set<Long> recentTree(long pid) {
        Table table = recent;
        long now = System.nanoTime();
        if (table == null || now - table.nanos > RECENT_NANOS) {
            table = new Table(now, all());
            recent = table;
        }
        return tree(pid, table.all);
    }

    private static Set<Long> tree(long pid, Map<Long, Stat> all) {
        Map<Long, List<Stat>> byParent = new HashMap<>();
        all.values()
                .forEach(stat -> byParent.computeIfAbsent(stat.parent, key -> new ArrayList<>())
                        .add(stat));
        Set<Long> tree = new HashSet<>();
        if (all.containsKey(pid)) {
            collect(pid, byParent, tree);
        }
        // What lost its parent still is in the session that its starter opened for it.
        all.values().stream().filter(stat -> stat.session == pid).forEach(stat -> collect(stat.pid, byParent, tree));
        tree.removeIf(member -> {
            Stat stat = all.get(member);
            return stat == null || !stat.alive();
        });
        return tree;
    }

    private static void collect(long pid, Map<Long, List<Stat>> byParent, Set<Long> tree) {
        if (tree.add(pid)) {
            byParent.getOrDefault(pid, List.of()).stream()
                    .filter(child -> child.session != child.pid)
                    .forEach(child -> collect(child.pid, byParent, tree));
        }
    }

    @Override
    public Set<Long> marked(String marker) {
        Set<Long> found = new HashSet<>();
        eachMarker((pid, value) -> {
            if (value.equals(marker)) {
                found.add(pid);
            }
        });
        return found;
    }

    @Override
    public Collection<Marked> roots(String prefix) {
        Map<Long, String> marked = new HashMap<>();
        eachMarker((pid, value) -> {
            if (value.startsWith(prefix)) {
                marked.put(pid, value);
            }
        });
        List<Marked> roots = new ArrayList<>();
        marked.forEach((pid, value) -> {
            Stat stat = stat(pid);
            if (stat != null && !value.equals(marked.get(stat.parent))) {
                roots.add(new Marked(value, pid));
            }
        });
        return roots;
    }

    private static void eachMarker(BiConsumer<Long, String> action) {
        String name = Processes.MARKER + "=";
        for (Stat stat : all().values()) {
            if (!stat.alive()) {
                continue;
            }
            String environment = read(PROC.resolve(stat.pid + "/environ"));
            if (environment != null) {
                for (String variable : environment.split("\0")) {
                    if (variable.startsWith(name)) {
                        action.accept(stat.pid, variable.substring(name.length()));
                    }
                }
            }
        }
    }

    @Override
    public Usage usage(Collection<Long> pids) {
        long memory = 0;
        long ticks = 0;
        for (long pid : pids) {
            Stat stat = stat(pid);
            if (stat != null) {
                ticks += stat.cpuTicks;
                memory += residentBytes(pid);
            }
        }
        return new Usage(memory, ticks * MILLIS_PER_TICK);
    }

    private static long residentBytes(long pid) {
        String status = read(PROC.resolve(pid + "/status"));
        if (status == null) {
            return 0;
        }
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_PAGE_UNIT)
                .findFirst()
                .orElse(0);
    }

    private static Map<Long, Stat> all() {
        Map<Long, Stat> all = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                Stat stat = stat(Long.parseLong(entry.getFileName().toString()));
                if (stat != null) {
                    all.put(stat.pid, stat);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
        return all;
    }

    private static @Nullable Stat stat(long pid) {
        String line = read(PROC.resolve(pid + "/stat"));
        return line == null ? null : Stat.parse(pid, line);
    }

    private static @Nullable String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return null;
        }
    }

    private record Table(long nanos, Map<Long, Stat> all) {}

    private record Stat(long pid, char state, long parent, long session, long cpuTicks, long startTicks) {

        /** The second field is the program's name in brackets and may hold anything, so fields are counted after the last bracket. */
        static @Nullable Stat parse(long pid, String line) {
            int end = line.lastIndexOf(')');
            String[] fields = line.substring(end + 2).split(" ");
            if (end < 0 || fields.length < 20) {
                return null;
            }
            // proc(5) counts from 1: state is 3, ppid 4, session 6, utime to cstime 14 to 17, starttime 22.
            long cpu = Long.parseLong(fields[11])
                    + Long.parseLong(fields[12])
                    + Long.parseLong(fields[13])
                    + Long.parseLong(fields[14]);
            return new Stat(
                    pid,
                    fields[0].charAt(0),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[3]),
                    cpu,
                    Long.parseLong(fields[19]));
        }

        boolean alive() {
            return state != 'Z' && state != 'X';
        }
    }
}
