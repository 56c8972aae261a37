import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What figures have to be read with: the machine, and what processes need of it. */
final class Machine {

    private Machine() {}

    static String description() throws IOException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        String memory = Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("\\D+", "");
        return "%s, %d cores, %d GiB, Linux %s, JDK %s"
                .formatted(
                        cpu,
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(Long.parseLong(memory) / 1024.0 / 1024),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"));
    }

    /** CPU seconds that a process and its children have used. */
    static double cpuSeconds(long pid) throws IOException {
        double ticks = 0;
        for (long each : withDescendants(pid)) {
            String stat = Files.readString(Path.of("/proc", Long.toString(each), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks / 100;
    }

    /** Memory in MiB as the sum of proportional set sizes: what is shared is counted once. */
    static long pssMebibytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
                            .filter(line -> line.startsWith("Pss:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                            .sum()
                    / 1024;
        } catch (IOException e) {
            return 0; // It has ended.
        }
    }

    static List<Long> withDescendants(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(process), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Every process whose command, environment or working folder names the folder. */
    static Map<Long, String> processesOf(Path folder) {
        Map<Long, String> found = new HashMap<>();
        ProcessHandle self = ProcessHandle.current();
        ProcessHandle.allProcesses().filter(process -> !process.equals(self)).forEach(process -> {
            Path entry = Path.of("/proc", Long.toString(process.pid()));
            try {
                String command = Files.readString(entry.resolve("cmdline")).replace('\0', ' ');
                String all = command + Files.readString(entry.resolve("environ"))
                        + Files.readSymbolicLink(entry.resolve("cwd"));
                if (all.contains(folder.toString()) && !command.isBlank()) {
                    found.put(process.pid(), command);
                }
            } catch (IOException e) {
                // It has ended, or is another's.
            }
        });
        return found;
    }
}
