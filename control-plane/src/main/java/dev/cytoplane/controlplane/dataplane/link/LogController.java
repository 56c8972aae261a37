package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.cell.CellDirectory;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
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
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private final Access access;
    private final CellDirectory cells;
    private final LogStreams streams;

    LogController(Access access, CellDirectory cells, LogStreams streams) {
        this.access = access;
        this.cells = cells;
        this.streams = streams;
    }

    @GetMapping(
            path = "/api/v1/organizations/{organization}/projects/{project}/components/{component}/logs",
            produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "readLogs",
            summary = "Read a component's log as events of the type line, and follow it when asked to")
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
        LogStream stream = streams.open(new LogStreams.Wanted(
                cell.dataPlane(), cell.name(), component, instance, tail == null ? TAIL : tail, follow));
        SseEmitter emitter = new SseEmitter(0L);
        emitter.onError(failure -> stream.close());
        emitter.onCompletion(stream::close);
        Thread.ofVirtual().name("logs-" + cell.name()).start(() -> pump(stream, emitter));
        return emitter;
    }

    private static void pump(LogStream stream, SseEmitter emitter) {
        try {
            emitter.send(SseEmitter.event().comment("open"));
            long opened = System.nanoTime();
            long spoke = opened;
            while (!stream.isAtEnd()) {
                LogLine line = stream.poll(POLL);
                if (line != null) {
                    emitter.send(SseEmitter.event().name("line").data(line, MediaType.APPLICATION_JSON));
                    spoke = System.nanoTime();
                } else if (!stream.isClaimed() && System.nanoTime() - opened > ANSWER.toNanos()) {
                    break;
                } else if (System.nanoTime() - spoke > SIGN_OF_LIFE.toNanos()) {
                    emitter.send(SseEmitter.event().comment("still here"));
                    spoke = System.nanoTime();
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            // The reader left.
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stream.close();
        }
    }
}
