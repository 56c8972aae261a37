package dev.cytoplane.controlplane.task;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Actor;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.cell.CellDirectory;
import dev.cytoplane.controlplane.environment.EnvironmentNames;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Orders and cancels runs. Data planes are told by {@link TaskOrders}, and tell by {@link TaskReports}. */
@Service
@Transactional
class TaskRuns {

    /** Of one component in one environment, waiting ones included. */
    static final int MOST_UNDER_WAY = 20;

    private final TaskRunStore store;
    private final EnvironmentNames environments;
    private final CellDirectory cells;
    private final Audit audit;

    TaskRuns(TaskRunStore store, EnvironmentNames environments, CellDirectory cells, Audit audit) {
        this.store = store;
        this.environments = environments;
        this.cells = cells;
        this.audit = audit;
    }

    /** @throws Problem 404 when there is no such environment; 409 when the component does not run there as a task */
    TaskRun order(ComponentScope scope, String environment, List<String> arguments) {
        UUID environmentId = environments.require(scope.organizationId(), environment);
        CellDirectory.Placed placed = cells.placed(scope.projectId(), environment, scope.component())
                .orElseThrow(() -> Problem.conflict(
                        "not-deployed", "%s is not deployed in %s.".formatted(scope.path(), environment)));
        if (placed.component().task() == null) {
            throw Problem.conflict(
                    "not-a-task",
                    "%s runs on and on in %s: only a scheduled-task or a manual-task has runs."
                            .formatted(scope.path(), environment));
        }
        if (store.underWay(scope.componentId(), environmentId) >= MOST_UNDER_WAY) {
            throw Problem.conflict(
                    "too-many-runs",
                    "%d runs of %s are under way in %s: wait for one to end, or cancel one."
                            .formatted(MOST_UNDER_WAY, scope.path(), environment));
        }
        UUID id = Ids.next();
        // Arguments may be anything, so they stay out of the log that is never deleted.
        audit.record(
                scope.organizationId(),
                "run.created",
                scope.path(),
                Map.of("run", id, "environment", environment, "arguments", arguments.size()));
        store.order(
                id,
                scope,
                environmentId,
                arguments,
                Actor.current().username(),
                "Waiting for the data plane %s to take it up."
                        .formatted(placed.location().dataPlane()));
        return require(scope, id);
    }

    /** Asks for its end; it has ended when its data plane says so. */
    TaskRun cancel(ComponentScope scope, UUID id) {
        TaskRun run = store.lock(id)
                .filter(it -> it.componentId().equals(scope.componentId()))
                .orElseThrow(() -> Problem.notFound("run", id.toString()));
        if (run.status().hasEnded()) {
            throw Problem.conflict(
                    "run-ended",
                    "The run has ended already: it is " + run.status().name() + ".");
        }
        if (!run.cancelRequested()) {
            audit.record(
                    scope.organizationId(),
                    "run.cancelled",
                    scope.path(),
                    Map.of("run", id, "environment", run.environment()));
            store.requestCancellation(id);
        }
        return require(scope, id);
    }

    @Transactional(readOnly = true)
    TaskRun require(ComponentScope scope, UUID id) {
        return store.find(id)
                .filter(it -> it.componentId().equals(scope.componentId()))
                .orElseThrow(() -> Problem.notFound("run", id.toString()));
    }

    @Transactional(readOnly = true)
    Page<TaskRun> list(
            ComponentScope scope, @Nullable String environment, TaskRun.@Nullable Status status, PageRequest request) {
        return store.list(scope.componentId(), environment, status, request);
    }
}
