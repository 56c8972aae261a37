package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.cell.CellDirectory;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.stream.Streams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Logs of components, read from the data plane that runs them at the moment they are asked for. */
@RestController
@Tag(name = "Runtime", description = "What runs, and what it says.")
class LogController {

    private static final int TAIL = 100;
    private static final Duration LIFE = Duration.ofHours(12);

    private final Access access;
    private final CellDirectory cells;
    private final LogStreams logs;
    private final Streams sse;

    LogController(Access access, CellDirectory cells, LogStreams logs, Streams sse) {
        this.access = access;
        this.cells = cells;
        this.logs = logs;
        this.sse = sse;
    }

    @GetMapping(
            path = "/api/v1/organizations/{organization}/projects/{project}/components/{component}/logs",
            produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "readLogs",
            summary = "Read a component's log as events of the type line, and follow it when asked to",
            description =
                    "Server-sent events without ids: a log that is followed cannot be resumed. It ends after 12 hours.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = LogLine.class)))
    SseEmitter read(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestParam String environment,
            @RequestParam(required = false) @Nullable @Min(0) @Max(10_000) Integer tail,
            @RequestParam(required = false, defaultValue = "false") boolean follow,
            @RequestParam(required = false) @Nullable String instance) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        CellDirectory.Location cell = cells.locate(scope.projectId(), environment)
                .orElseThrow(() -> Problem.notFound("cell", project + "." + environment + "." + organization));
        LogStream stream = logs.open(new LogStreams.Wanted(
                cell.dataPlane(), cell.name(), component, instance, tail == null ? TAIL : tail, follow));
        return sse.open(stream.id(), LIFE, stream);
    }
}
