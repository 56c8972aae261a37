package dev.cytoplane.process;

import dev.cytoplane.process.OperatingSystem.Marked;
import dev.cytoplane.process.ProcessRecords.ProcessRecord;
import dev.cytoplane.process.ProcessSpec.LogLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that belong to one state folder. They write straight into their log files and have a session of their
 * own where the system offers that, so neither the owner's end nor a Ctrl-C in its terminal ends them. One live owner
 * for each folder; thread-safe.
 */
public final class Processes implements AutoCloseable {

    /**
     * Set in the environment of each process, to {@code <hash of the state folder>/<id>}. On Linux a new owner finds by
     * it what was started but not yet recorded when the old owner was killed.
     */
    public static final String MARKER = "CYTOPLANE_PROCESS";

    private static final Logger log = LoggerFactory.getLogger(Processes.class);
    private static final Duration WATCH = Duration.ofMillis(100);
    private static final Duration ROTATE = Duration.ofSeconds(2);
    private static final @Nullable Path SETSID = List.of("/usr/bin/setsid", "/bin/setsid").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);

    private record Log(Path file, LogLimit limit) {}

    private final OperatingSystem system = OperatingSystem.current();
    private final ProcessRecords records;
    private final String prefix;
    private final Map<String, Supervised> live = new ConcurrentHashMap<>();
    private final Map<String, Supervised> adopted = new ConcurrentHashMap<>();
    private final Map<String, Log> logs = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("processes").factory());

    public Processes(Path stateDirectory) {
        Path folder = stateDirectory.toAbsolutePath().normalize();
        this.records = new ProcessRecords(folder);
        this.prefix = prefix(folder);
        clock.scheduleWithFixedDelay(this::watchAdopted, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::rotateLogs, ROTATE.toMillis(), ROTATE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts a process.
     *
     * @throws IOException when the program is missing or cannot be started
     * @throws IllegalStateException when a process with this id runs
     */
    public synchronized RunningProcess start(ProcessSpec spec) throws IOException {
        if (live.containsKey(spec.id()) || adopt(spec.id()).isPresent()) {
            throw new IllegalStateException("The process " + spec.id() + " runs already");
        }
        prepareLog(spec.logFile());
        String marker = prefix + spec.id();
        Process process = builder(spec, marker).start();
        String identity = system.identity(process.pid()).orElse("");
        Instant startedAt = Instant.now();
        Supervised supervised = new Supervised(spec.id(), process.pid(), identity, startedAt, marker, system, executor);
        LogLimit limit = spec.logLimit();
        try {
            records.write(
                    spec.id(),
                    new ProcessRecord(
                            process.pid(),
                            identity,
                            startedAt,
                            spec.logFile().toAbsolutePath().toString(),
                            limit.bytes(),
                            limit.olderFiles()));
        } catch (IOException e) {
            supervised.kill();
            throw e;
        }
        live.put(spec.id(), supervised);
        logs.put(spec.id(), new Log(spec.logFile(), limit));
        process.onExit()
                .thenAcceptAsync(
                        ended -> ended(supervised, new ExitReport(ended.exitValue(), Instant.now())), executor);
        return supervised;
    }

    private static ProcessBuilder builder(ProcessSpec spec, String marker) throws IOException {
        List<String> command = new ArrayList<>(spec.command());
        command.set(0, Programs.resolve(command.getFirst(), spec.directory(), spec.environment()));
        if (SETSID != null) {
            command.addFirst(SETSID.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.logFile().toFile()));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        builder.environment().put(MARKER, marker);
        return builder;
    }

    /**
     * The process with this id, if it runs: one that was started or adopted before, or one that an earlier owner of this
     * folder left behind.
     */
    public synchronized Optional<RunningProcess> adopt(String id) {
        ProcessSpec.requireId(id);
        Supervised known = live.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Supervised> found = recorded(id).or(() -> marked(id));
        if (found.isEmpty()) {
            records.delete(id);
            return Optional.empty();
        }
        live.put(id, found.get());
        adopted.put(id, found.get());
        return Optional.of(found.get());
    }

    private Optional<Supervised> recorded(String id) {
        return records.read(id)
                .filter(entry -> !entry.identity().isEmpty()
                        && system.identity(entry.pid())
                                .filter(entry.identity()::equals)
                                .isPresent())
                .map(entry -> {
                    logs.put(id, new Log(Path.of(entry.logFile()), new LogLimit(entry.logBytes(), entry.olderFiles())));
                    return new Supervised(
                            id, entry.pid(), entry.identity(), entry.startedAt(), prefix + id, system, executor);
                });
    }

    private Optional<Supervised> marked(String id) {
        return system.roots(prefix + id).stream()
                .filter(root -> root.marker().equals(prefix + id))
                .flatMap(root -> system
                        .identity(root.pid())
                        .map(identity -> new Supervised(
                                id, root.pid(), identity, Instant.now(), root.marker(), system, executor))
                        .stream())
                .findFirst();
    }

    /** The ids of all processes of this folder that run, known to this owner or not. */
    public Set<String> running() {
        Set<String> ids = new TreeSet<>();
        for (Marked root : system.roots(prefix)) {
            ids.add(root.marker().substring(prefix.length()));
        }
        ids.addAll(records.ids());
        ids.removeIf(id -> adopt(id).isEmpty());
        return ids;
    }

    /**
     * Stops every process of this folder whose id is not wanted: what an earlier owner started and nobody asks for now.
     *
     * @return completes with the ids of the stopped processes when they have ended
     */
    public CompletableFuture<Set<String>> endOrphans(Collection<String> wanted, Duration grace) {
        Map<String, CompletableFuture<ExitReport>> ending = new HashMap<>();
        for (String id : running()) {
            if (!wanted.contains(id)) {
                adopt(id).ifPresent(orphan -> ending.put(id, orphan.stop(grace)));
            }
        }
        return CompletableFuture.allOf(ending.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> Set.copyOf(ending.keySet()));
    }

    /** Stops watching. The processes go on. */
    @Override
    public void close() {
        clock.shutdownNow();
        executor.shutdownNow();
    }

    private void watchAdopted() {
        adopted.forEach((id, process) -> {
            if (!process.isAlive() && adopted.remove(id, process)) {
                executor.execute(() -> ended(process, new ExitReport(null, Instant.now())));
            }
        });
    }

    private void ended(Supervised process, ExitReport report) {
        process.ended(report, () -> {
            synchronized (this) {
                live.remove(process.id(), process);
                logs.remove(process.id());
                records.delete(process.id());
            }
        });
    }

    private void rotateLogs() {
        logs.values().forEach(entry -> {
            try {
                LogRotation.rotate(entry.file(), entry.limit());
            } catch (IOException | RuntimeException e) {
                log.warn("The log {} cannot be rotated", entry.file(), e);
            }
        });
    }

    private static void prepareLog(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (!Files.exists(file)) {
            Files.createFile(file);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    /** What the markers of a folder's processes start with. */
    static String prefix(Path folder) {
        return hash(folder) + "/";
    }

    private static String hash(Path folder) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
