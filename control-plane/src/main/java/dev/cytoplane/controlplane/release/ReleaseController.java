package dev.cytoplane.controlplane.release;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Releases: what can be deployed. They are made by builds and never change. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/components/{component}/releases")
@Tag(name = "Releases", description = "What can be deployed. Releases are made by builds and never change.")
class ReleaseController {

    private final Access access;
    private final Releases releases;

    ReleaseController(Access access, Releases releases) {
        this.access = access;
        this.releases = releases;
    }

    /**
     * A release.
     *
     * @param id {@code r-<12 hex digits>}, the beginning of the hash of its content
     * @param descriptor the component's declaration with what the builder detected
     */
    record ReleaseView(
            String id,
            String commit,
            String builder,
            Cell.Artifact artifact,
            Descriptor descriptor,
            Instant createdAt) {

        static ReleaseView of(Release release) {
            return new ReleaseView(
                    release.id(),
                    release.commit(),
                    release.builder(),
                    release.artifact(),
                    release.descriptor(),
                    release.createdAt());
        }
    }

    @GetMapping
    @Operation(operationId = "listReleases", summary = "List the releases of a component, the newest first")
    Page<ReleaseView> list(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            PageRequest page) {
        var found = releases.list(access.component(organization, project, component, Permission.VIEW), page);
        return new Page<>(found.items().stream().map(ReleaseView::of).toList(), found.nextCursor());
    }

    @GetMapping("/{release}")
    @Operation(operationId = "getRelease", summary = "Read a release")
    ReleaseView show(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable String release) {
        var scope = access.component(organization, project, component, Permission.VIEW);
        return releases.find(scope.componentId(), release)
                .map(ReleaseView::of)
                .orElseThrow(() -> Problem.notFound("release", scope.path() + "/" + release));
    }
}
