package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.dataplane.port.Ports;
import dev.cytoplane.dataplane.runtime.Instance;
import dev.cytoplane.dataplane.runtime.LogReader;
import dev.cytoplane.dataplane.runtime.Runtime;
import dev.cytoplane.dataplane.runtime.Tasks;
import dev.cytoplane.dataplane.runtime.Workload;
import dev.cytoplane.dataplane.storage.StateFiles;
import dev.cytoplane.process.BackOff;
import dev.cytoplane.process.Processes;
import dev.cytoplane.process.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Instances are supervised processes of this machine; each has its own ports on the loopback address. */
public final class LocalRuntime implements Runtime, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalRuntime.class);
    private static final Duration STABLE = Duration.ofMinutes(2);
    private static final Duration FIRST_VERDICT = Duration.ofSeconds(4);
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(10);
    private static final Duration SAMPLE = Duration.ofSeconds(3);
    private static final Duration NOTE_TIMES = Duration.ofMillis(250);

    private final LocalSettings settings;
    private final Ports ports;
    private final RandomGenerator random;
    private final Clock clock;
    private final Processes processes;
    private final Path records;
    private final InstanceLogs logs;
    private final Surroundings shared;
    private final LocalTasks tasks;
    private final Map<String, LocalInstance> instances = new ConcurrentHashMap<>();
    private final Map<String, LogTimes> times = new HashMap<>();
    private final Prober prober = new Prober();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("local-runtime-", 0).factory());
    private volatile Consumer<String> listener = cell -> {};
    private boolean ending;

    public LocalRuntime(LocalSettings settings, Ports ports, RandomGenerator random, Clock clock) {
        this.settings = settings;
        this.ports = ports;
        this.random = random;
        this.clock = clock;
        this.processes = new Processes(settings.state().resolve("instances/processes"));
        this.records = StateFiles.folder(settings.state().resolve("instances"));
        this.logs = new InstanceLogs(settings);
        this.shared = new Surroundings(
                settings,
                processes,
                ports,
                prober,
                logs,
                records,
                clock,
                () -> new BackOff(settings.firstWait(), settings.longestWait(), STABLE, random),
                instance -> listener.accept(instance.entry().cell()),
                this::ended);
        this.tasks = new LocalTasks(shared, cell -> listener.accept(cell));
        timer.scheduleWithFixedDelay(
                guarded(() -> instances.values().forEach(LocalInstance::sample)),
                SAMPLE.toMillis(),
                SAMPLE.toMillis(),
                TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                guarded(this::noteTimes), NOTE_TIMES.toMillis(), NOTE_TIMES.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String kind() {
        return "local";
    }

    @Override
    public void adopt(Set<String> cells) {
        for (InstanceRecord entry : stored()) {
            Optional<RunningProcess> live =
                    cells.contains(entry.cell()) ? processes.adopt(entry.id()) : Optional.empty();
            if (live.isPresent()) {
                log.info("Adopted {} (process {})", entry.id(), live.get().pid());
                entry.ports().values().forEach(ports::keep);
                LocalInstance instance = new LocalInstance(shared, entry, null, live.get());
                instances.put(entry.id(), instance);
                instance.begin();
            } else {
                shared.deleteRecord(entry);
            }
        }
        Set<String> wanted = new HashSet<>(instances.keySet());
        wanted.addAll(tasks.adopt(cells));
        Set<String> orphans = processes.endOrphans(wanted, ORPHAN_GRACE).join();
        if (!orphans.isEmpty()) {
            log.info("Ended what no cell asks for: {}", orphans);
        }
        CompletableFuture.allOf(instances.values().stream()
                        .map(LocalInstance::firstVerdict)
                        .toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, FIRST_VERDICT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private List<InstanceRecord> stored() {
        try (Stream<Path> files = Files.list(records)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .flatMap(file -> StateFiles.readJson(file, InstanceRecord.class).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void run(Workload workload) {
        if (ending) {
            return;
        }
        Map<Integer, LocalInstance> present = instances.values().stream()
                .filter(instance -> !instance.isEnding()
                        && instance.entry().cell().equals(workload.cell().name())
                        && instance.entry()
                                .component()
                                .equals(workload.component().name())
                        && instance.entry().revision().equals(workload.revision()))
                .collect(Collectors.toMap(instance -> instance.entry().slot(), instance -> instance, (a, b) -> a));
        for (int slot = 0; slot < workload.component().replicas(); slot++) {
            LocalInstance instance = present.get(slot);
            if (instance == null) {
                instance = new LocalInstance(shared, entry(workload, slot), workload, null);
                instances.put(instance.entry().id(), instance);
                instance.begin();
            } else {
                instance.attach(workload);
            }
        }
    }

    private InstanceRecord entry(Workload workload, int slot) {
        byte[] suffix = new byte[4];
        random.nextBytes(suffix);
        return InstanceRecord.of(workload, slot, HexFormat.of().formatHex(suffix), ports::take, clock.instant());
    }

    @Override
    public void end(Collection<String> ids) {
        for (String id : ids) {
            LocalInstance instance = instances.get(id);
            if (instance != null) {
                instance.end();
            }
        }
    }

    @Override
    public List<Instance> instances(String cell) {
        return instances.values().stream()
                .filter(instance -> instance.entry().cell().equals(cell))
                .map(LocalInstance::view)
                .sorted(Comparator.comparing(Instance::component)
                        .thenComparing(Instance::createdAt)
                        .thenComparing(Instance::slot))
                .toList();
    }

    @Override
    public LogReader logs(String cell, String component, @Nullable String instance, int tail, boolean follow) {
        return new LocalLogReader(logs, cell, component, instance, tail, follow);
    }

    @Override
    public void forget(String cell, String component) {
        Path folder = settings.componentFolder(cell, component);
        StateFiles.delete(folder.resolve("logs"));
        StateFiles.delete(folder.resolve("tmp"));
    }

    @Override
    public void onChange(Consumer<String> listener) {
        this.listener = listener;
    }

    @Override
    public Tasks tasks() {
        return tasks;
    }

    @Override
    public void endAll(Duration patience) {
        List<LocalInstance> all;
        synchronized (this) {
            // A look at a cell that has begun before would start what nobody would end.
            ending = true;
            all = List.copyOf(instances.values());
        }
        all.forEach(LocalInstance::end);
        tasks.endAll();
        long grace = Stream.concat(
                        all.stream().map(instance -> instance.entry().gracePeriodSeconds()),
                        tasks.underWay().stream().map(TaskRecord::gracePeriodSeconds))
                .mapToLong(seconds -> seconds)
                .max()
                .orElse(0);
        long deadline = System.nanoTime() + patience.plusSeconds(grace).toNanos();
        while (!(instances.isEmpty() && tasks.underWay().isEmpty()) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void ended(LocalInstance instance) {
        InstanceRecord entry = instance.entry();
        instances.remove(entry.id(), instance);
        logs.prune(entry.cell(), entry.component(), Set.copyOf(instances.keySet()));
        listener.accept(entry.cell());
    }

    private synchronized void noteTimes() {
        Set<String> growing = new HashSet<>(instances.keySet());
        instances.values().forEach(instance -> {
            InstanceRecord entry = instance.entry();
            noteTimes(entry.cell(), entry.component(), entry.id());
        });
        tasks.underWay().forEach(run -> {
            growing.add(run.instance());
            noteTimes(run.cell(), run.component(), run.instance());
        });
        times.keySet().retainAll(growing);
    }

    private void noteTimes(String cell, String component, String instance) {
        times.computeIfAbsent(instance, id -> new LogTimes(logs.file(cell, component, id), clock))
                .note();
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.warn("A periodic task failed", e);
            }
        };
    }

    /** Stops supervising; the processes go on. */
    @Override
    public void close() {
        timer.shutdownNow();
        processes.close();
        prober.close();
    }
}
