package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.source.SourceException;
import dev.cytoplane.controlplane.source.Uploads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Working trees that are built without a commit of their author's. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/components/{component}/uploads")
@Tag(name = "Builds", description = "Runs that turn a commit into a release.")
class UploadController {

    private final Access access;
    private final BuildRequests requests;
    private final Builds builds;
    private final Uploads uploads;

    UploadController(Access access, BuildRequests requests, Builds builds, Uploads uploads) {
        this.access = access;
        this.requests = requests;
        this.builds = builds;
        this.uploads = uploads;
    }

    /**
     * Takes a gzip-compressed tar of a component's files and builds it. Equal files are one commit, and one release.
     * At most 100 MB packed and 500 MB unpacked; what leads out of the archive is refused, {@code .git} is passed over.
     */
    @PostMapping(consumes = {"application/gzip", "application/x-gzip"})
    @Operation(operationId = "uploadSource", summary = "Build a working tree that is uploaded as tar.gz")
    @RequestBody(
            content = @Content(mediaType = "application/gzip", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<BuildView> upload(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            HttpServletRequest request)
            throws IOException {
        ComponentScope scope = access.component(organization, project, component, Permission.BUILD);
        Uploads.Upload upload = commit(scope, request);
        Build build = builds.queue(new Builds.Request(
                scope,
                Trigger.UPLOAD,
                upload.commit(),
                upload.branch(),
                false,
                access.caller().username()));
        return BuildController.created(scope, build);
    }

    private Uploads.Upload commit(ComponentScope scope, HttpServletRequest request) throws IOException {
        try {
            return uploads.commit(requests.source(scope), request.getInputStream(), request.getContentLengthLong());
        } catch (Uploads.TooLarge e) {
            throw Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-large", Objects.requireNonNull(e.getMessage()));
        } catch (SourceException e) {
            throw Problem.invalid("body", Objects.requireNonNull(e.getMessage()));
        }
    }
}
