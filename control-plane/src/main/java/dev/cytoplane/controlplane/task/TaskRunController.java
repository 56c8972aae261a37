package dev.cytoplane.controlplane.task;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.cell.CellDirectory;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tasks, and their runs. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/components/{component}")
@Tag(name = "Tasks", description = "Components that run to their end: when they run, and what became of it.")
class TaskRunController {

    private final Access access;
    private final TaskRuns runs;
    private final CellDirectory cells;

    TaskRunController(Access access, TaskRuns runs, CellDirectory cells) {
        this.access = access;
        this.runs = runs;
        this.cells = cells;
    }

    /** @param arguments what follows the component's command, one item each; no shell reads them. They are shown with the run, so a secret does not belong here */
    record NewRun(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String environment,

            @Nullable @Size(max = 50)
            List<
                            @NotNull @Size(max = 4_000)
                            @Pattern(regexp = "^[^\\x00]*$", message = "must not hold the character NUL") String>
                    arguments) {}

    /**
     * A task as it is deployed in an environment.
     *
     * @param schedule five fields of cron; null when it runs only when somebody asks
     * @param timeoutSeconds after which a run is ended and has failed
     * @param retries how often a run that fails is tried again
     * @param nextRunAt when its schedule starts the next run, as its data plane has said
     * @param message one sentence of its data plane on whether it can run
     */
    record TaskView(
            String environment,
            String release,
            @Nullable String schedule,
            String timeZone,
            Concurrency concurrency,
            int timeoutSeconds,
            int retries,
            @Nullable Instant nextRunAt,
            @Nullable String message) {}

    enum Trigger {
        SCHEDULE,
        MANUAL
    }

    /**
     * A run of a task.
     *
     * @param release what it runs; null until it has begun
     * @param message one sentence: what it waits for, or how it ended
     * @param scheduledFor when the schedule wanted it
     * @param instance by which its log is read
     * @param attempts how often it was started
     * @param exitCode of the last attempt
     * @param cancelRequested whether somebody wants it to end
     */
    record RunView(
            UUID id,
            String environment,
            @Nullable String release,
            Trigger trigger,
            TaskRun.Status status,
            String message,
            List<String> arguments,
            @Nullable Instant scheduledFor,
            @Nullable String instance,
            int attempts,
            @Nullable Integer exitCode,
            String requestedBy,
            boolean cancelRequested,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            long version)
            implements Versioned {

        static RunView of(TaskRun run) {
            return new RunView(
                    run.id(),
                    run.environment(),
                    run.release(),
                    run.scheduledFor() == null ? Trigger.MANUAL : Trigger.SCHEDULE,
                    run.status(),
                    run.message(),
                    run.arguments(),
                    run.scheduledFor(),
                    run.instance(),
                    run.attempts(),
                    run.exitCode(),
                    run.requestedBy(),
                    run.cancelRequested(),
                    run.createdAt(),
                    run.startedAt(),
                    run.endedAt(),
                    run.version());
        }
    }

    @GetMapping("/tasks")
    @Operation(
            operationId = "listTasks",
            summary = "List where a component is deployed as a task, with its schedule there and its next run")
    Page<TaskView> tasks(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            PageRequest page) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        List<TaskView> tasks = cells.everywhere(scope.organizationId(), scope.project(), component).stream()
                .flatMap(placed ->
                        Optional.ofNullable(placed.component().task()).stream().map(task -> view(placed, task)))
                .toList();
        return Page.of(tasks, page, "environment", TaskView::environment);
    }

    private static TaskView view(CellDirectory.Placed placed, Cell.Task task) {
        Optional<CellStatus.Component> reported = placed.reported();
        return new TaskView(
                placed.environment(),
                placed.component().release(),
                task.schedule(),
                task.timeZone(),
                task.concurrency(),
                task.timeoutSeconds(),
                task.retries(),
                reported.map(CellStatus.Component::task)
                        .map(CellStatus.Task::nextRun)
                        .orElse(null),
                reported.map(CellStatus.Component::message).orElse(null));
    }

    @PostMapping("/runs")
    @Operation(
            operationId = "createRun",
            summary = "Run a task now",
            description =
                    "It begins when its data plane has taken it up, which is told by its status. A scheduled task can"
                            + " be run as well; its concurrency is about its schedule only. An order that no data plane takes up"
                            + " within ten minutes has failed.")
    ResponseEntity<RunView> run(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @Valid @RequestBody NewRun request) {
        ComponentScope scope = access.component(organization, project, component, Permission.DEPLOY);
        TaskRun run = runs.order(
                scope, request.environment(), Objects.requireNonNullElse(request.arguments(), List.<String>of()));
        URI location = URI.create("/api/v1/organizations/%s/projects/%s/components/%s/runs/%s"
                .formatted(scope.organization(), scope.project(), scope.component(), run.id()));
        return ResponseEntity.created(location)
                .eTag(Versions.etag(run.version()))
                .body(RunView.of(run));
    }

    @GetMapping("/runs")
    @Operation(
            operationId = "listRuns",
            summary = "List the runs of a task, the newest first",
            description = "Of those that have ended, the last 200 are kept for each environment.")
    Page<RunView> list(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) TaskRun.@Nullable Status status,
            PageRequest page) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        var found = runs.list(scope, environment, status, page);
        return new Page<>(found.items().stream().map(RunView::of).toList(), found.nextCursor());
    }

    @GetMapping("/runs/{run}")
    @Operation(operationId = "getRun", summary = "Read a run")
    ResponseEntity<RunView> show(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable UUID run) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        return Versioned.ok(RunView.of(runs.require(scope, run)));
    }

    @PostMapping("/runs/{run}/cancel")
    @Operation(
            operationId = "cancelRun",
            summary = "End a run that waits or goes on",
            description = "It gets SIGTERM, and what is left of it after its grace period SIGKILL.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    ResponseEntity<RunView> cancel(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable UUID run) {
        ComponentScope scope = access.component(organization, project, component, Permission.DEPLOY);
        return Versioned.ok(RunView.of(runs.cancel(scope, run)));
    }
}
