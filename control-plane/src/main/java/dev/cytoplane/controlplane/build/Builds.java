package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.build.log.Signals;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.problem.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Starts and ends builds. A build that was queued is run, whatever happens to this process meanwhile. */
@Service
public class Builds {

    private final BuildStore store;
    private final Signals signals;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;
    private final ApplicationEventPublisher inProcess;

    Builds(
            BuildStore store,
            Signals signals,
            Audit audit,
            Outbox outbox,
            Clock clock,
            ApplicationEventPublisher inProcess) {
        this.store = store;
        this.signals = signals;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
        this.inProcess = inProcess;
    }

    /** In this process: there is something to do for the workers. */
    record Changed(UUID build) {}

    /**
     * What is to be built: a commit, or a branch whose newest commit is looked up when the build runs.
     *
     * @param by who asked for it, for people
     */
    public record Request(
            ComponentScope scope,
            Trigger trigger,
            @Nullable String commit,
            @Nullable String branch,
            boolean force,
            String by) {}

    /** Queues a build, in the tenancy of its organization. It starts when the transaction has committed. */
    @Transactional
    public Build queue(Request request) {
        Instant now = clock.instant();
        ComponentScope scope = request.scope();
        Build build = new Build(
                Ids.next(),
                scope.organizationId(),
                scope.componentId(),
                BuildStatus.QUEUED,
                request.commit(),
                request.branch(),
                request.trigger(),
                request.force(),
                null,
                0,
                Arrays.stream(Stage.Name.values()).map(Stage::pending).toList(),
                null,
                null,
                request.by(),
                now,
                now,
                null,
                null,
                1);
        store.insert(build);
        Build queued = store.find(build.id()).orElseThrow();
        audit.record(scope.organizationId(), "build.queued", scope.path(), describe(queued));
        outbox.publish(scope.organizationId(), "build.queued", scope.path(), describe(queued));
        afterCommit(queued.id());
        return queued;
    }

    /**
     * Ends a build: at once when it waits, else as soon as its processes have ended.
     *
     * @throws Problem 409 when it is over already
     */
    @Transactional
    public Build cancel(ComponentScope scope, UUID id) {
        Build build = require(scope, id);
        if (!store.requestCancel(id)) {
            throw Problem.conflict("build-over", "The build is over already: it is %s.".formatted(build.status()));
        }
        Build after = require(scope, id);
        audit.record(scope.organizationId(), "build.cancelled", scope.path(), describe(after));
        if (after.status().isFinal()) {
            outbox.publish(scope.organizationId(), "build.finished", scope.path(), describe(after));
        }
        afterCommit(id);
        return after;
    }

    /** @throws Problem 404 when the component has no such build */
    @Transactional(readOnly = true)
    public Build require(ComponentScope scope, UUID id) {
        return store.find(scope.componentId(), id)
                .orElseThrow(() -> Problem.notFound("build", scope.path() + "/" + id));
    }

    @Transactional(readOnly = true)
    public Optional<Build> find(UUID id) {
        return store.find(id);
    }

    /** What events and audit entries say of a build. */
    static Map<String, Object> describe(Build build) {
        Map<String, Object> data = new HashMap<>();
        data.put("buildId", build.id());
        data.put("componentId", build.componentId());
        data.put("status", build.status());
        data.put("trigger", build.trigger());
        put(data, "commit", build.commit());
        put(data, "branch", build.branch());
        put(data, "release", build.release());
        put(data, "error", build.error());
        return data;
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }

    private void afterCommit(UUID id) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                inProcess.publishEvent(new Changed(id));
                signals.signal(id, true);
            }
        });
    }
}
