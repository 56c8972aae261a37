package dev.cytoplane.controlplane.cell;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.access.ProjectScope;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a project's cells run, when it is not where their environment's others do. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/placements")
@Tag(name = "Cells", description = "A project in an environment, as one document with a version.")
class PlacementController {

    private final Access access;
    private final Placements placements;

    PlacementController(Access access, Placements placements) {
        this.access = access;
        this.placements = placements;
    }

    record NewPlacement(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String dataPlane) {}

    @GetMapping
    @Operation(
            operationId = "listPlacements",
            summary = "List the environments whose cell of this project runs on another data plane than they do")
    Page<Placement> list(@PathVariable String organization, @PathVariable String project, PageRequest page) {
        return placements.list(access.project(organization, project, Permission.VIEW), page);
    }

    @GetMapping("/{environment}")
    @Operation(operationId = "getPlacement", summary = "Read where a cell is placed")
    Placement get(@PathVariable String organization, @PathVariable String project, @PathVariable String environment) {
        return placements.get(access.project(organization, project, Permission.VIEW), environment);
    }

    @PutMapping("/{environment}")
    @Operation(
            operationId = "placeCell",
            summary = "Let the cell of an environment run on another data plane, before anything is deployed to it")
    Placement place(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String environment,
            @Valid @RequestBody NewPlacement request) {
        return placements.place(managed(organization, project), environment, request.dataPlane());
    }

    @DeleteMapping("/{environment}")
    @Operation(
            operationId = "deletePlacement",
            summary = "Let the cell run where its environment says, before anything is deployed to it")
    ResponseEntity<Void> delete(
            @PathVariable String organization, @PathVariable String project, @PathVariable String environment) {
        placements.delete(managed(organization, project), environment);
        return ResponseEntity.noContent().build();
    }

    /** Which data plane runs what is the organization's to say, as it is for environments. */
    private ProjectScope managed(String organization, String project) {
        access.organization(organization, Permission.MANAGE_ORGANIZATION);
        return access.project(organization, project, Permission.VIEW);
    }
}
