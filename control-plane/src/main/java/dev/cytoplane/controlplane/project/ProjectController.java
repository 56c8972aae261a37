package dev.cytoplane.controlplane.project;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.access.ProjectScope;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.json.MergePatch;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.pipeline.Pipeline;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Bounded contexts. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects")
@Tag(
        name = "Projects",
        description = "Bounded contexts, each owned by one team; at run time a cell in each environment.")
class ProjectController {

    private final Access access;
    private final Projects projects;
    private final MergePatch patches;

    ProjectController(Access access, Projects projects, MergePatch patches) {
        this.access = access;
        this.projects = projects;
        this.patches = patches;
    }

    record NewProject(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String name,

            @Nullable @Size(min = 1, max = 200) String displayName,
            @Nullable @Size(max = 2000) String description,

            @Nullable @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String pipeline) {}

    record ProjectChange(
            @NotNull @Size(min = 1, max = 200) String displayName,
            @NotNull @Size(max = 2000) String description,

            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String pipeline) {}

    @PostMapping
    @Operation(operationId = "createProject", summary = "Create a project")
    ResponseEntity<Project> create(@PathVariable String organization, @Valid @RequestBody NewProject request) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_PROJECT);
        return Versioned.created(
                projects.create(
                        scope,
                        request.name(),
                        Objects.requireNonNullElse(request.displayName(), request.name()),
                        Objects.requireNonNullElse(request.description(), ""),
                        Objects.requireNonNullElse(request.pipeline(), Pipeline.DEFAULT)),
                request.name());
    }

    @GetMapping
    @Operation(operationId = "listProjects", summary = "List the projects that the caller may see")
    Page<Project> list(
            @PathVariable String organization,
            @RequestParam(required = false) @Nullable @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
                    String name,
            PageRequest page) {
        return projects.list(access.membership(organization), name, page);
    }

    @GetMapping("/{project}")
    @Operation(operationId = "getProject", summary = "Read a project")
    ResponseEntity<Project> get(@PathVariable String organization, @PathVariable String project) {
        return Versioned.ok(projects.get(access.project(organization, project, Permission.VIEW)));
    }

    @PatchMapping(
            path = "/{project}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MergePatch.MEDIA_TYPE})
    @Operation(operationId = "updateProject", summary = "Change a project")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = ProjectChange.class)))
    ResponseEntity<Project> update(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody JsonNode patch) {
        ProjectScope scope = access.project(organization, project, Permission.MANAGE_PROJECT);
        Project current = projects.get(scope);
        Versions.requireMatch(ifMatch, current.version());
        var change = patches.apply(
                new ProjectChange(current.displayName(), current.description(), current.pipeline()), patch);
        return Versioned.ok(
                projects.change(scope, current, change.displayName(), change.description(), change.pipeline()));
    }

    @DeleteMapping("/{project}")
    @Operation(operationId = "deleteProject", summary = "Delete a project that has no components")
    ResponseEntity<Void> delete(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        ProjectScope scope = access.project(organization, project, Permission.MANAGE_PROJECT);
        Versions.matchIfGiven(ifMatch, projects.get(scope).version());
        projects.delete(scope);
        return ResponseEntity.noContent().build();
    }
}
