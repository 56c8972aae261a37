package dev.cytoplane.controlplane.build;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.FileTree;
import dev.cytoplane.builder.process.ProcessTree;
import dev.cytoplane.builder.run.BuildWorkspace;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.build.descriptor.DescriptorException;
import dev.cytoplane.controlplane.build.log.BuildLog;
import dev.cytoplane.controlplane.build.log.BuildLogs;
import dev.cytoplane.controlplane.build.place.LostBuild;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.SourceException;
import dev.cytoplane.controlplane.source.Sources;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs one build from its claim to its end, and leaves nothing behind but its log and its release. */
@Component
class BuildRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BuildRunner.class);

    private final BuildStore store;
    private final BuildQueue queue;
    private final BuildSteps steps;
    private final BuildLogs logs;
    private final Folders folders;
    private final Caches caches;
    private final Sources sources;
    private final Tenancy tenancy;
    private final TransactionTemplate transaction;
    private final BuildEnd end;

    BuildRunner(
            BuildStore store,
            BuildQueue queue,
            BuildSteps steps,
            BuildLogs logs,
            Folders folders,
            Caches caches,
            Sources sources,
            Tenancy tenancy,
            PlatformTransactionManager transactions,
            BuildEnd end) {
        this.store = store;
        this.queue = queue;
        this.steps = steps;
        this.logs = logs;
        this.folders = folders;
        this.caches = caches;
        this.sources = sources;
        this.tenancy = tenancy;
        this.transaction = new TransactionTemplate(transactions);
        this.end = end;
    }

    /** Why a run is to end before its time. */
    enum Reason {
        CANCELLED,
        SHUTDOWN,
        LOST
    }

    /** Asked for by others, found by the run. The first reason counts. */
    static final class Stop {
        private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();

        boolean request(Reason why) {
            return reason.compareAndSet(null, why);
        }

        boolean isRequested() {
            return reason.get() != null;
        }

        @Nullable
        Reason reason() {
            return reason.get();
        }
    }

    void run(Build build, Stop stop) {
        ComponentSource source = sources.find(build.componentId()).orElse(null);
        if (source == null) {
            return; // Deleted meanwhile, and its builds with it.
        }
        tenancy.in(build.organizationId(), () -> runIn(build, source, stop));
    }

    private void runIn(Build build, ComponentSource source, Stop stop) {
        Lease lease = new Lease(build.id(), queue.owner(), build.attempt());
        try (BuildLog log = logs.open(build.componentId(), build.id());
                Caches.Use cache = caches.use(build.componentId())) {
            if (build.attempt() > 1) {
                log.line("This is attempt " + build.attempt() + ": the one before was cut off.");
            }
            Progress progress = new Progress(store, transaction, logs, lease, build, log);
            try {
                steps.run(build, source, cache, progress, stop);
            } catch (InterruptedException e) {
                interrupted(source.scope(), progress, stop);
            } catch (Progress.LeaseLost e) {
                LOG.warn("Build {} was taken over by another instance", build.id());
            } catch (RuntimeException e) {
                if (stop.isRequested()) {
                    interrupted(source.scope(), progress, stop);
                } else {
                    failed(build, source.scope(), progress, e);
                }
            } finally {
                cleanUp(build.id());
            }
        }
    }

    private void failed(Build build, ComponentScope scope, Progress progress, RuntimeException failure) {
        switch (failure) {
            case BuildFailure e -> fail(scope, progress, e);
            case SourceException e -> fail(scope, progress, e);
            case DescriptorException e -> fail(scope, progress, e);
            case LostBuild e -> lost(build, scope, progress, e);
            case DataAccessException e -> tryAgain(build, scope, progress, e);
            case TransactionException e -> tryAgain(build, scope, progress, e);
            default -> giveUp(build, scope, progress, failure);
        }
    }

    /** The author's mistake, or a limit: the message is for them. */
    private void fail(ComponentScope scope, Progress progress, RuntimeException failure) {
        fail(scope, progress, Objects.requireNonNullElse(failure.getMessage(), "It failed."));
    }

    /** No fault of the source's either, but what happens twice would happen again. */
    private void lost(Build build, ComponentScope scope, Progress progress, LostBuild failure) {
        if (build.attempt() > 1) {
            fail(scope, progress, failure);
            return;
        }
        progress.say(failure.getMessage() + " It starts anew, once.");
        progress.requeue();
    }

    /** No fault of the source's: the database was away for a moment. */
    private void tryAgain(Build build, ComponentScope scope, Progress progress, RuntimeException failure) {
        if (build.attempt() >= BuildQueue.ATTEMPTS) {
            giveUp(build, scope, progress, failure);
            return;
        }
        LOG.warn("Build {} cannot go on and is queued again", build.id(), failure);
        progress.say("The platform's database was away for a moment; the build starts anew.");
        progress.requeue();
    }

    private void giveUp(Build build, ComponentScope scope, Progress progress, RuntimeException failure) {
        LOG.error("Build {} failed here", build.id(), failure);
        fail(
                scope,
                progress,
                "The platform failed (%s). Its log has more; start the build again."
                        .formatted(failure.getClass().getSimpleName()));
    }

    private void fail(ComponentScope scope, Progress progress, String message) {
        progress.say("");
        progress.say("Failed: " + message);
        progress.fail();
        end.end(scope, progress, BuildStatus.FAILED, message.replace("\0", ""));
    }

    private void interrupted(ComponentScope scope, Progress progress, Stop stop) {
        Thread.interrupted();
        switch (stop.reason()) {
            case CANCELLED -> {
                progress.say("Cancelled.");
                progress.fail();
                end.end(scope, progress, BuildStatus.CANCELLED, null);
            }
            case SHUTDOWN -> {
                progress.say("The platform stops; the build will start anew.");
                transaction.executeWithoutResult(status -> store.release(progress.lease()));
            }
            case LOST ->
                LOG.warn("The lease of build {} was lost", progress.lease().build());
            case null -> throw new IllegalStateException("A build was interrupted by nobody");
        }
    }

    /** In the transaction that ends a build which no run ends. */
    void announce(Build build) {
        end.announce(build);
    }

    boolean isCancelRequested(UUID build) {
        return Boolean.TRUE.equals(
                tenancy.asPlatform(() -> transaction.execute(status -> store.isCancelRequested(build))));
    }

    /** Ends processes and removes folders of all builds: at the start, when none runs here. */
    void cleanUp() {
        for (Path folder : folders.leftBehind()) {
            ProcessTree.marked(BuildWorkspace.MARK, folder.getFileName().toString())
                    .kill();
            delete(folder);
        }
    }

    private void cleanUp(UUID build) {
        ProcessTree.marked(BuildWorkspace.MARK, build.toString()).kill();
        delete(folders.build(build));
    }

    private static void delete(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of a build cannot be removed", e);
        }
    }
}
