package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.build.log.BuildLog;
import dev.cytoplane.controlplane.build.log.BuildLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How far a run is, in memory and in the table. A database that is away for a moment holds the run up and does not end
 * it.
 */
final class Progress {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final BuildStore store;
    private final TransactionTemplate transaction;
    private final BuildLogs logs;
    private final Lease lease;
    private final BuildLog log;
    private final List<Stage> stages = new ArrayList<>();
    private @Nullable String commit;
    private @Nullable String builder;

    Progress(
            BuildStore store, TransactionTemplate transaction, BuildLogs logs, Lease lease, Build build, BuildLog log) {
        this.store = store;
        this.transaction = transaction;
        this.logs = logs;
        this.lease = lease;
        this.log = log;
        build.stages().forEach(stage -> stages.add(Stage.pending(stage.name())));
    }

    /** Somebody else works on the build by now. */
    static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Lease lease() {
        return lease;
    }

    void say(String line) {
        log.line(line);
    }

    void commit(String found) {
        commit = found;
    }

    void builder(String chosen) {
        builder = chosen;
    }

    void start(Stage.Name name) {
        replace(name, stage(name).started(Instant.now()));
        save();
    }

    /** Ends one stage and starts the next in one write. */
    void next(Stage.Name ended, Stage.Name started) {
        Instant now = Instant.now();
        replace(ended, stage(ended).ended(Stage.Status.SUCCEEDED, now));
        replace(started, stage(started).started(now));
        save();
    }

    void end(Stage.Name name) {
        replace(name, stage(name).ended(Stage.Status.SUCCEEDED, Instant.now()));
    }

    void skip(Stage.Name name) {
        replace(name, new Stage(name, Stage.Status.SKIPPED, null, null));
    }

    /** What is under way has failed, and what was to follow is skipped. */
    void fail() {
        stages.replaceAll(stage -> switch (stage.status()) {
            case RUNNING -> stage.ended(Stage.Status.FAILED, Instant.now());
            case PENDING -> new Stage(stage.name(), Stage.Status.SKIPPED, null, null);
            case SUCCEEDED, FAILED, SKIPPED -> stage;
        });
    }

    /** How a run ends. */
    record Ending(
            BuildStatus status,
            @Nullable String error,
            @Nullable String release) {}

    /**
     * Writes the end.
     *
     * @param ending worked out inside the transaction
     * @param with what belongs into the same transaction, after it
     */
    void finish(Supplier<Ending> ending, Consumer<Build> with) {
        patiently(() -> {
            Ending end = ending.get();
            require(store.progress(lease, commit, builder, stages));
            require(store.finish(lease, end.status(), stages, end.error(), end.release()));
            with.accept(store.find(lease.build()).orElseThrow());
            return true;
        });
        logs.changed(lease.build());
    }

    /** Back to the queue. */
    void requeue() {
        patiently(() -> {
            require(store.requeue(lease));
            return true;
        });
        logs.changed(lease.build());
    }

    private void save() {
        patiently(() -> {
            require(store.progress(lease, commit, builder, stages));
            return true;
        });
        logs.changed(lease.build());
    }

    private <T> T patiently(Supplier<T> work) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return Objects.requireNonNull(transaction.execute(status -> work.get()));
            } catch (TransientDataAccessException
                    | RecoverableDataAccessException
                    | DataAccessResourceFailureException
                    | TransactionException e) {
                if (System.nanoTime() > end || !pause()) {
                    throw e;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void require(boolean held) {
        if (!held) {
            throw new LeaseLost();
        }
    }

    private Stage stage(Stage.Name name) {
        return stages.stream().filter(it -> it.name() == name).findFirst().orElseThrow();
    }

    private void replace(Stage.Name name, Stage with) {
        stages.replaceAll(it -> it.name() == name ? with : it);
    }
}
