package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import dev.cytoplane.dataplane.runtime.Workload;
import dev.cytoplane.dataplane.storage.StateFiles;
import dev.cytoplane.process.BackOff;
import dev.cytoplane.process.ExitReport;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.RunningProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a task, from its order to its end. While it runs it has a virtual thread of its own. */
final class TaskRun {

    private static final Logger log = LoggerFactory.getLogger(TaskRun.class);
    /** What a shell says of a program that it does not find. */
    private static final int NOT_FOUND = 127;

    private static final Duration LOOK = Duration.ofSeconds(1);

    /**
     * Leaves the exit code in a file, since only a parent learns it and the agent may be another one by then. The file,
     * the program and its arguments are parameters of this script, never a part of its text.
     */
    private static final List<String> TELLING_ITS_CODE =
            List.of("/bin/sh", "-c", "\"$@\"; code=$?; echo $code > \"$0.new\"; mv \"$0.new\" \"$0\"; exit $code");

    /** Why a run is ended before it ends by itself. */
    private record Verdict(RunPhase phase, String message) {}

    private final Surroundings shared;
    private final Path folder;
    private final Consumer<TaskRun> changed;
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    private final UsageSamples usage = new UsageSamples();
    private volatile TaskRecord entry;
    private volatile boolean supervised;

    /** @param folder where the records of the component's runs are */
    TaskRun(Surroundings shared, Path folder, TaskRecord entry, Consumer<TaskRun> changed) {
        this.shared = shared;
        this.folder = folder;
        this.entry = entry;
        this.changed = changed;
    }

    TaskRecord entry() {
        return entry;
    }

    /** It has not ended. */
    boolean isUnderWay() {
        return !entry.phase().hasEnded();
    }

    /** It waits to be begun. */
    boolean isIdle() {
        return isUnderWay() && !supervised;
    }

    void save() {
        write(entry);
    }

    private void write(TaskRecord record) {
        StateFiles.folder(folder);
        StateFiles.writeJson(folder.resolve(record.id() + ".json"), record);
    }

    void delete() {
        StateFiles.delete(folder.resolve(entry.id() + ".json"));
        StateFiles.delete(exitFile());
    }

    void begin(Workload workload) {
        supervised = true;
        Thread.ofVirtual().name(entry.instance()).start(() -> guarded(() -> supervise(workload, null)));
    }

    /** Goes on with what an earlier agent has started. Without a workload, so what fails now waits for one. */
    void adopt(RunningProcess process) {
        supervised = true;
        Thread.ofVirtual().name(entry.instance()).start(() -> guarded(() -> supervise(null, process)));
    }

    /** What an earlier agent has started has ended since. */
    void settle() {
        if (entry.phase() == RunPhase.RUNNING) {
            judge(new ExitReport(null, shared.clock().instant()));
        }
    }

    void cancel() {
        end(RunPhase.CANCELLED, "It was cancelled.");
    }

    void end(RunPhase phase, String message) {
        verdict.complete(new Verdict(phase, message));
        if (isIdle()) {
            enter(entry.ended(phase, shared.clock().instant(), entry.exitCode(), message));
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("The run {} of {} failed", entry.id(), entry.component(), e);
            enter(entry.ended(
                    RunPhase.FAILED, shared.clock().instant(), null, "The data plane failed in it: " + e.getMessage()));
        } finally {
            supervised = false;
            changed.accept(this);
        }
    }

    private void supervise(@Nullable Workload workload, @Nullable RunningProcess adopted) throws InterruptedException {
        BackOff backOff = shared.backOffs().get();
        RunningProcess running = adopted;
        while (isUnderWay()) {
            long before = System.nanoTime();
            if (running == null) {
                if (workload == null) {
                    return;
                }
                running = start(workload);
            }
            if (running == null) {
                return;
            }
            judge(watch(running, workload));
            running = null;
            if (isUnderWay() && workload != null) {
                pause(backOff.after(Duration.ofNanos(System.nanoTime() - before)));
            }
        }
    }

    private @Nullable RunningProcess start(Workload workload) {
        Instant now = shared.clock().instant();
        var task = Objects.requireNonNull(workload.component().task());
        StateFiles.delete(exitFile());
        // The record comes first: a process without one is an orphan.
        enter(entry.begun(
                workload.component().release(),
                now,
                now.plusSeconds(task.timeoutSeconds()),
                task.retries(),
                workload.component().gracePeriodSeconds()));
        Path home = shared.settings().componentFolder(entry.cell(), entry.component());
        StateFiles.folder(home.resolve("data"));
        StateFiles.folder(home.resolve("tmp"));
        List<String> command = new ArrayList<>(TELLING_ITS_CODE);
        command.add(exitFile().toString());
        command.addAll(CommandLine.of(workload, shared.settings().javaHome()));
        command.addAll(entry.arguments());
        try {
            return shared.processes()
                    .start(new ProcessSpec(
                            entry.instance(),
                            command,
                            workload.artifact(),
                            Variables.of(workload, instance(workload), shared.settings()),
                            shared.logs().file(entry.cell(), entry.component(), entry.instance())));
        } catch (IOException | RuntimeException e) {
            enter(entry.ended(RunPhase.FAILED, now, null, "It could not be started: " + e.getMessage()));
            return null;
        }
    }

    private InstanceRecord instance(Workload workload) {
        return new InstanceRecord(
                entry.instance(),
                entry.cell(),
                entry.component(),
                entry.release(),
                workload.revision(),
                0,
                Map.of(),
                "",
                workload.component().probes(),
                entry.gracePeriodSeconds(),
                entry.orderedAt());
    }

    /** Until it has ended, by itself or since it must not go on. */
    private ExitReport watch(RunningProcess running, @Nullable Workload workload) throws InterruptedException {
        CompletableFuture<ExitReport> exit = running.onExit();
        while (true) {
            try {
                CompletableFuture.anyOf(exit, verdict).get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                look(running, workload);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
            if (exit.isDone()) {
                return exit.join();
            }
            if (verdict.isDone()) {
                return running.stop(Duration.ofSeconds(entry.gracePeriodSeconds()))
                        .join();
            }
        }
    }

    private void look(RunningProcess running, @Nullable Workload workload) {
        Instant deadline = entry.deadline();
        if (deadline != null && shared.clock().instant().isAfter(deadline)) {
            verdict.complete(new Verdict(
                    RunPhase.FAILED,
                    "It ran longer than the %d seconds that it has."
                            .formatted(Duration.between(
                                            Optional.ofNullable(entry.startedAt())
                                                    .orElse(deadline),
                                            deadline)
                                    .toSeconds())));
        }
        usage.take(running);
        Long limit = workload == null ? null : workload.component().memoryBytes();
        Long used = usage.memoryBytes();
        if (limit != null && used != null && used > limit) {
            verdict.complete(new Verdict(
                    RunPhase.FAILED,
                    "It used %d MiB of memory; its limit is %d MiB.".formatted(used >> 20, limit >> 20)));
        }
    }

    private void judge(ExitReport report) {
        Verdict said = verdict.getNow(null);
        Integer code = report.exitCode() == null ? codeLeft() : report.exitCode();
        if (said != null) {
            enter(entry.ended(said.phase(), report.endedAt(), code, said.message()));
            return;
        }
        if (code != null && code == 0) {
            enter(entry.ended(RunPhase.SUCCEEDED, report.endedAt(), 0, "It has ended well."));
            return;
        }
        String cause = "It " + new ExitReport(code, report.endedAt()).describe()
                + (code != null && code == NOT_FOUND ? ", as a program that is not found does" : "");
        Instant deadline = entry.deadline();
        boolean inTime = deadline == null || report.endedAt().isBefore(deadline);
        if (entry.attempts() <= entry.retries() && inTime) {
            enter(entry.waiting(code, cause + ", and is tried again."));
        } else {
            enter(entry.ended(RunPhase.FAILED, report.endedAt(), code, cause + "."));
        }
    }

    private @Nullable Integer codeLeft() {
        return StateFiles.read(exitFile())
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .filter(text -> text.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .orElse(null);
    }

    private void pause(Duration wait) throws InterruptedException {
        try {
            Verdict said = verdict.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            enter(entry.ended(said.phase(), shared.clock().instant(), entry.exitCode(), said.message()));
        } catch (TimeoutException e) {
            log.debug("The run {} of {} is tried again", entry.id(), entry.component());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Written before it is seen: what has ended may be forgotten at once, with its folder. */
    private void enter(TaskRecord next) {
        write(next);
        entry = next;
        changed.accept(this);
    }

    private Path exitFile() {
        return folder.resolve(entry.id() + ".exit");
    }
}
