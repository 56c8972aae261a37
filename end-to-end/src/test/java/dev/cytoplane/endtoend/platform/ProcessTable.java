package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes that belong to a state folder, found by looking at every process of this machine: its command line, its
 * environment or its working folder names the state folder. It does not ask the platform, which may be wrong.
 */
public final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final Pattern DATA = Pattern.compile("(?<!\\S)DATA_DIR=(\\S+)");
    private static final Pattern INSTANCE = Pattern.compile("service\\.instance\\.id=([^,\\s]+)");

    /** The script cyto makes AOT caches after a build, once, in the background: of the program, not of a home. */
    private static final Pattern TRAINING =
            Pattern.compile("launcher\\.Main (train|warm-up)$|^(bash|/\\S*bash) /\\S*/cyto ");

    private final Path home;

    public ProcessTable(Path home) {
        this.home = home;
    }

    /**
     * A process.
     *
     * @param data its variable DATA_DIR, empty for none
     * @param instance the id of the instance that it says it is, empty for none
     */
    public record Entry(long pid, String command, String data, String instance) {}

    /** Everything that runs out of the state folder, but not this test and what it has started itself. */
    public List<Entry> all() {
        Set<Long> own = Stream.iterate(
                        Optional.of(ProcessHandle.current()),
                        Optional::isPresent,
                        process -> process.get().parent())
                .map(process -> process.get().pid())
                .collect(Collectors.toSet());
        return ProcessHandle.allProcesses()
                .filter(process -> !own.contains(process.pid()))
                .map(process -> entry(process.pid()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Instances of components: those whose data folder is one that the data plane gives to components. */
    public List<Entry> components() {
        String cells = home.resolve("data-plane/cells").toString();
        return all().stream().filter(entry -> entry.data().startsWith(cells)).toList();
    }

    private Optional<Entry> entry(long pid) {
        try {
            Path process = PROC.resolve(Long.toString(pid));
            String command = text(process.resolve("cmdline"));
            String folder = Files.readSymbolicLink(process.resolve("cwd")).toString();
            String environment = text(process.resolve("environ"));
            String marker = home.toString();
            if (TRAINING.matcher(command).find()) {
                return Optional.empty();
            }
            boolean ours = command.contains(marker) || folder.startsWith(marker) || environment.contains(marker);
            return ours && !command.isEmpty()
                    ? Optional.of(new Entry(pid, command, first(DATA, environment), first(INSTANCE, environment)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // It has ended meanwhile, or is another user's.
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .replace('\0', ' ')
                .strip();
    }

    /** Ends a process as a crash does. */
    public static void kill(long pid) {
        signal("KILL", pid);
    }

    public static void signal(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("kill has not ended");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
