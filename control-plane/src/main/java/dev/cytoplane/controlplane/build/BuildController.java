package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.build.log.BuildLogs;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Builds: runs that turn a commit into a release. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/components/{component}/builds")
@Tag(name = "Builds", description = "Runs that turn a commit into a release.")
class BuildController {

    private final Access access;
    private final BuildRequests requests;
    private final Builds builds;
    private final BuildLogs logs;
    private final BuildEvents events;
    private final int logLimit;

    BuildController(
            Access access,
            BuildRequests requests,
            Builds builds,
            BuildLogs logs,
            BuildEvents events,
            BuildSettings settings) {
        this.access = access;
        this.requests = requests;
        this.builds = builds;
        this.logs = logs;
        this.events = events;
        this.logLimit =
                (int) Math.min(Integer.MAX_VALUE / 2, settings.logLimit().toBytes() + 4096);
    }

    /**
     * What to build; the newest commit of the component's branch when nothing is given.
     *
     * @param commit 40 hexadecimal digits
     * @param branch its newest commit is built
     * @param force builds although there is a release of the same inputs
     */
    record NewBuild(
            @Nullable String commit,
            @Nullable String branch,
            @Nullable Boolean force) {}

    /** Starts a build of a commit or a branch. Follow it at its {@code /events}. */
    @PostMapping
    @Operation(operationId = "createBuild", summary = "Build a commit")
    ResponseEntity<BuildView> create(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestBody NewBuild body) {
        ComponentScope scope = access.component(organization, project, component, Permission.BUILD);
        Build build =
                requests.queue(scope, body.commit(), body.branch(), Boolean.TRUE.equals(body.force()), access.caller());
        return created(scope, build);
    }

    static ResponseEntity<BuildView> created(ComponentScope scope, Build build) {
        URI location = URI.create("/api/v1/organizations/%s/projects/%s/components/%s/builds/%s"
                .formatted(scope.organization(), scope.project(), scope.component(), build.id()));
        return ResponseEntity.created(location)
                .eTag(Versions.etag(build.version()))
                .body(BuildView.of(build, null));
    }

    /**
     * Lists the builds of a component, the newest first.
     *
     * @param status only those in this state
     * @param commit only those of this commit
     * @param branch only those of this branch
     */
    @GetMapping
    @Operation(operationId = "listBuilds", summary = "List a component's builds, newest first")
    Page<BuildView> list(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestParam(required = false) @Nullable BuildStatus status,
            @RequestParam(required = false) @Nullable String commit,
            @RequestParam(required = false) @Nullable String branch,
            PageRequest page) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        return requests.list(scope, status, commit, branch, page);
    }

    /** One build, with its stages. */
    @GetMapping("/{build}")
    @Operation(operationId = "getBuild", summary = "Read a build")
    ResponseEntity<BuildView> get(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable UUID build) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        return answer(builds.require(scope, build));
    }

    /** Ends a build: a waiting one at once, a running one as soon as its processes have ended. 409 when it is over. */
    @PostMapping("/{build}/cancel")
    @Operation(operationId = "cancelBuild", summary = "End a build that waits or runs")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    ResponseEntity<BuildView> cancel(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable UUID build) {
        ComponentScope scope = access.component(organization, project, component, Permission.BUILD);
        return answer(builds.cancel(scope, build));
    }

    /**
     * The log so far, as plain text.
     *
     * @param offset bytes to leave out at the beginning: where the last answer ended
     */
    @GetMapping(path = "/{build}/log", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "getBuildLog", summary = "Read a build's log so far; 410 when it is not kept any more")
    @ApiResponse(
            responseCode = "200",
            description = "The log from the offset on",
            content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    ResponseEntity<byte[]> log(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable UUID build,
            @RequestParam(defaultValue = "0") long offset) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        if (offset < 0) {
            throw Problem.invalid("offset", "must not be negative");
        }
        Build found = builds.require(scope, build);
        if (found.status().isFinal() && found.startedAt() != null && !logs.has(found.componentId(), found.id())) {
            throw Problem.of(
                    HttpStatus.GONE,
                    "log-not-kept",
                    "The log of this build is not kept any more: logs go after a while. Build the commit again for a new one.");
        }
        String text =
                logs.read(found.componentId(), found.id(), offset, logLimit).text();
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Follows a build to its end, as server-sent events: {@code log} with offset and text, {@code status} with the
     * build. Resumes where the Last-Event-ID was.
     */
    @GetMapping(path = "/{build}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(operationId = "streamBuild", summary = "Follow a build's log and status to its end")
    @ApiResponse(
            responseCode = "200",
            description = "Events log and status; ends with the build",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    void events(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable UUID build,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws IOException {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        events.send(builds.require(scope, build), lastEventId, response);
    }

    private ResponseEntity<BuildView> answer(Build build) {
        return ResponseEntity.ok().eTag(Versions.etag(build.version())).body(requests.view(build));
    }
}
