package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.dataplane.runtime.TaskSchedule;
import dev.cytoplane.dataplane.runtime.Tasks;
import dev.cytoplane.dataplane.runtime.Workload;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks of this machine. Their runs, and how far each schedule was followed, are on disk. */
final class LocalTasks implements Tasks {

    private static final Logger log = LoggerFactory.getLogger(LocalTasks.class);
    /** A start that is missed by more than this is left out. */
    private static final Duration LATEST_START = Duration.ofMinutes(5);

    private static final int MOST_AT_ONCE = 20;
    private static final String SCHEDULE_FILE = "schedule.json";

    /** @param followedUntil what the schedule wanted up to here was started or left out */
    private record Followed(String schedule, String timeZone, Instant followedUntil) {}

    private record Key(String cell, String component) {}

    private static final class Task {
        final Map<UUID, TaskRun> runs = new ConcurrentHashMap<>();

        @Nullable
        Workload workload;

        @Nullable
        Followed followed;

        boolean unwanted;
    }

    private final Surroundings shared;
    private final Consumer<String> changed;
    private final Map<Key, Task> tasks = new ConcurrentHashMap<>();

    /** @param changed is told the cell when something about one of its runs has changed */
    LocalTasks(Surroundings shared, Consumer<String> changed) {
        this.shared = shared;
        this.changed = changed;
    }

    /**
     * Takes up the runs of an earlier agent.
     *
     * @return the ids of the processes that go on
     */
    synchronized Set<String> adopt(Set<String> cells) {
        Set<String> live = new HashSet<>();
        for (String cell : cells) {
            for (Path home : folders(shared.settings().state().resolve("cells").resolve(cell))) {
                Path folder = home.resolve("runs");
                if (Files.isDirectory(folder)) {
                    adopt(new Key(cell, home.getFileName().toString()), folder, live);
                }
            }
        }
        return live;
    }

    private void adopt(Key key, Path folder, Set<String> live) {
        Task task = tasks.computeIfAbsent(key, missing -> new Task());
        task.followed = StateFiles.readJson(folder.resolve(SCHEDULE_FILE), Followed.class)
                .orElse(null);
        for (Path file : files(folder)) {
            TaskRecord entry = StateFiles.readJson(file, TaskRecord.class).orElseThrow();
            TaskRun run = new TaskRun(shared, folder, entry, this::changed);
            task.runs.put(entry.id(), run);
            if (run.isUnderWay()) {
                shared.processes()
                        .adopt(entry.instance())
                        .ifPresentOrElse(
                                process -> {
                                    log.info("Adopted {} (process {})", entry.instance(), process.pid());
                                    live.add(entry.instance());
                                    run.adopt(process);
                                },
                                run::settle);
            }
        }
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().matches("[0-9a-f-]{36}\\.json"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Optional<Duration> offer(Workload workload) {
        Key key = new Key(workload.cell().name(), workload.component().name());
        Task task = tasks.computeIfAbsent(key, missing -> new Task());
        task.workload = workload;
        task.unwanted = false;
        task.runs.values().stream().filter(TaskRun::isIdle).forEach(run -> run.begin(workload));
        Cell.Task how = Objects.requireNonNull(workload.component().task());
        Instant now = shared.clock().instant();
        Optional<TaskSchedule> schedule = TaskSchedule.of(how);
        if (schedule.isEmpty()) {
            return Optional.empty();
        }
        Followed followed = followed(key, task, how, now);
        schedule.get().lastBetween(followed.followedUntil(), now).ifPresent(due -> {
            // First how far it is followed: what is started twice is worse than what is left out once.
            follow(key, task, new Followed(followed.schedule(), followed.timeZone(), due));
            if (Duration.between(due, now).compareTo(LATEST_START) > 0) {
                log.warn("{} of {} is not run for {}: that is too long ago", key.component(), key.cell(), due);
            } else {
                startScheduled(key, task, workload, how.concurrency(), due);
            }
        });
        return schedule.get().after(now).map(next -> Duration.between(now, next));
    }

    private Followed followed(Key key, Task task, Cell.Task how, Instant now) {
        Followed known = task.followed;
        String schedule = Objects.requireNonNull(how.schedule());
        if (known != null
                && known.schedule().equals(schedule)
                && known.timeZone().equals(how.timeZone())) {
            return known;
        }
        return follow(key, task, new Followed(schedule, how.timeZone(), now));
    }

    private Followed follow(Key key, Task task, Followed followed) {
        StateFiles.folder(folder(key));
        StateFiles.writeJson(folder(key).resolve(SCHEDULE_FILE), followed);
        task.followed = followed;
        return followed;
    }

    private void startScheduled(Key key, Task task, Workload workload, Concurrency concurrency, Instant due) {
        List<TaskRun> underWay =
                task.runs.values().stream().filter(TaskRun::isUnderWay).toList();
        boolean leftOut = concurrency == Concurrency.FORBID && !underWay.isEmpty();
        if (leftOut || underWay.size() >= MOST_AT_ONCE) {
            log.info("{} of {} is not run for {}: {} under way", key.component(), key.cell(), due, underWay.size());
            return;
        }
        if (concurrency == Concurrency.REPLACE) {
            underWay.forEach(run -> run.end(RunPhase.CANCELLED, "The next run of its schedule took its place."));
        }
        UUID id = UUID.nameUUIDFromBytes(
                "%s/%s/%s".formatted(key.cell(), key.component(), due).getBytes(StandardCharsets.UTF_8));
        begin(key, task, workload, id, due, List.of());
    }

    private void begin(
            Key key, Task task, Workload workload, UUID id, @Nullable Instant scheduledFor, List<String> arguments) {
        TaskRun run =
                new TaskRun(shared, folder(key), ordered(key, workload, id, scheduledFor, arguments), this::changed);
        run.save();
        task.runs.put(id, run);
        run.begin(workload);
    }

    private TaskRecord ordered(
            Key key, Workload workload, UUID id, @Nullable Instant scheduledFor, List<String> arguments) {
        String digits = id.toString().replace("-", "");
        return new TaskRecord(
                id,
                key.cell(),
                key.component(),
                key.component() + "-" + digits.substring(digits.length() - 10),
                scheduledFor,
                arguments,
                workload.component().release(),
                RunPhase.WAITING,
                shared.clock().instant(),
                null,
                null,
                null,
                0,
                0,
                workload.component().gracePeriodSeconds(),
                null,
                "It is about to begin.");
    }

    @Override
    public synchronized void start(UUID id, String cell, String component, List<String> arguments) {
        Key key = new Key(cell, component);
        Task task = tasks.get(key);
        Workload workload = task == null ? null : task.workload;
        if (task == null || workload == null || task.unwanted || task.runs.containsKey(id)) {
            return;
        }
        begin(key, task, workload, id, null, arguments);
    }

    @Override
    public synchronized void cancel(UUID id, String cell, String component) {
        Key key = new Key(cell, component);
        Task task = tasks.get(key);
        Workload workload = task == null ? null : task.workload;
        if (task == null) {
            return;
        }
        TaskRun known = task.runs.get(id);
        if (known != null) {
            known.cancel();
        } else if (workload != null) {
            TaskRecord entry = ordered(key, workload, id, null, List.of())
                    .ended(RunPhase.CANCELLED, shared.clock().instant(), null, "It was cancelled before it began.");
            TaskRun run = new TaskRun(shared, folder(key), entry, this::changed);
            run.save();
            task.runs.put(id, run);
            changed(run);
        }
    }

    @Override
    public synchronized void keep(String cell, Set<String> components) {
        tasks.forEach((key, task) -> {
            if (key.cell().equals(cell) && !components.contains(key.component())) {
                task.unwanted = true;
                task.runs.values().stream()
                        .filter(TaskRun::isUnderWay)
                        .forEach(run -> run.end(RunPhase.CANCELLED, "Its component is not deployed any more."));
                forgetWhenQuiet(key, task);
            }
        });
    }

    private void forgetWhenQuiet(Key key, Task task) {
        if (task.runs.values().stream().noneMatch(TaskRun::isUnderWay) && tasks.remove(key, task)) {
            StateFiles.delete(folder(key));
        }
    }

    @Override
    public boolean isBusy(String cell) {
        return tasks.entrySet().stream()
                .filter(entry -> entry.getKey().cell().equals(cell))
                .anyMatch(entry -> entry.getValue().runs.values().stream().anyMatch(TaskRun::isUnderWay));
    }

    @Override
    public Optional<CellStatus.Task> of(String cell, String component) {
        Task task = tasks.get(new Key(cell, component));
        Workload workload = task == null ? null : task.workload;
        if (task == null || workload == null) {
            return Optional.empty();
        }
        Cell.Task how = Objects.requireNonNull(workload.component().task());
        return Optional.of(new CellStatus.Task(
                TaskSchedule.of(how)
                        .flatMap(schedule -> schedule.after(shared.clock().instant()))
                        .orElse(null),
                newestFirst(task).map(run -> run.entry().view()).toList()));
    }

    /** The logs that grow, by instance. */
    List<TaskRecord> underWay() {
        return tasks.values().stream()
                .flatMap(task -> task.runs.values().stream())
                .filter(TaskRun::isUnderWay)
                .map(TaskRun::entry)
                .toList();
    }

    void endAll() {
        List<TaskRun> all = tasks.values().stream()
                .flatMap(task -> task.runs.values().stream())
                .filter(TaskRun::isUnderWay)
                .toList();
        all.forEach(run -> run.end(RunPhase.FAILED, "Its data plane was stopped while it ran."));
    }

    private static Stream<TaskRun> newestFirst(Task task) {
        return task.runs.values().stream()
                .sorted(Comparator.comparing((TaskRun run) -> run.entry().orderedAt())
                        .thenComparing(run -> run.entry().id())
                        .reversed());
    }

    private void changed(TaskRun run) {
        Key key = new Key(run.entry().cell(), run.entry().component());
        if (!run.isUnderWay()) {
            prune(key);
        }
        changed.accept(key.cell());
    }

    /** Of the runs that have ended the last are kept, with their logs. */
    private synchronized void prune(Key key) {
        Task task = tasks.get(key);
        if (task == null) {
            return;
        }
        if (task.unwanted) {
            forgetWhenQuiet(key, task);
            return;
        }
        List<TaskRun> ended = new ArrayList<>(
                newestFirst(task).filter(run -> !run.isUnderWay()).toList());
        List<TaskRun> old = ended.subList(Math.min(CellStatus.MOST_RUNS, ended.size()), ended.size());
        old.forEach(run -> {
            task.runs.remove(run.entry().id());
            run.delete();
        });
        if (!old.isEmpty()) {
            shared.logs()
                    .prune(
                            key.cell(),
                            key.component(),
                            task.runs.values().stream()
                                    .map(run -> run.entry().instance())
                                    .collect(Collectors.toSet()));
        }
    }

    private Path folder(Key key) {
        return shared.settings().componentFolder(key.cell(), key.component()).resolve("runs");
    }
}
