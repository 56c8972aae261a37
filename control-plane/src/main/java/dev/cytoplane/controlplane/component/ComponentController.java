package dev.cytoplane.controlplane.component;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.access.ProjectScope;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.json.MergePatch;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
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

/** Deployable units. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/components")
@Tag(name = "Components", description = "Deployable units of a project, and where their source is.")
class ComponentController {

    private final Access access;
    private final Components components;
    private final MergePatch patches;

    ComponentController(Access access, Components components, MergePatch patches) {
        this.access = access;
        this.components = components;
        this.patches = patches;
    }

    record NewComponent(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String name,

            @Nullable @Size(min = 1, max = 200) String displayName,
            @Nullable ComponentType type,
            @Nullable @Valid SourceSettings source,
            @Nullable Boolean autoDeploy,
            @Nullable Boolean autoRollback) {}

    record ComponentChange(
            @NotNull @Size(min = 1, max = 200) String displayName,
            @Nullable ComponentType type,
            @NotNull @Valid SourceSettings source,
            @NotNull Boolean autoDeploy,
            @NotNull Boolean autoRollback) {}

    @PostMapping
    @Operation(operationId = "createComponent", summary = "Create a component")
    ResponseEntity<ComponentResource> create(
            @PathVariable String organization, @PathVariable String project, @Valid @RequestBody NewComponent request) {
        ProjectScope scope = access.project(organization, project, Permission.MANAGE_PROJECT);
        return Versioned.created(
                components.create(
                        scope,
                        request.name(),
                        Objects.requireNonNullElse(request.displayName(), request.name()),
                        request.type(),
                        Objects.requireNonNullElse(request.source(), SourceSettings.PLATFORM),
                        new Automation(
                                Objects.requireNonNullElse(request.autoDeploy(), true),
                                Objects.requireNonNullElse(request.autoRollback(), false))),
                request.name());
    }

    @GetMapping
    @Operation(operationId = "listComponents", summary = "List a project's components")
    Page<ComponentResource> list(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam(required = false) @Nullable @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
                    String name,
            PageRequest page) {
        return components.list(access.project(organization, project, Permission.VIEW), name, null, page);
    }

    @GetMapping("/{component}")
    @Operation(operationId = "getComponent", summary = "Read a component")
    ResponseEntity<ComponentResource> get(
            @PathVariable String organization, @PathVariable String project, @PathVariable String component) {
        return Versioned.ok(components.get(access.component(organization, project, component, Permission.VIEW)));
    }

    @PatchMapping(
            path = "/{component}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MergePatch.MEDIA_TYPE})
    @Operation(operationId = "updateComponent", summary = "Change a component")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = ComponentChange.class)))
    ResponseEntity<ComponentResource> update(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody JsonNode patch) {
        ComponentScope scope = access.component(organization, project, component, Permission.CONFIGURE);
        ComponentResource current = components.get(scope);
        Versions.requireMatch(ifMatch, current.version());
        var source = current.source();
        var change = patches.apply(
                new ComponentChange(
                        current.displayName(),
                        current.type(),
                        new SourceSettings(source.kind(), source.url(), source.branch(), source.directory(), null),
                        current.autoDeploy(),
                        current.autoRollback()),
                patch);
        return Versioned.ok(components.change(
                scope,
                current,
                change.displayName(),
                change.type(),
                change.source(),
                new Automation(change.autoDeploy(), change.autoRollback())));
    }

    @DeleteMapping("/{component}")
    @Operation(
            operationId = "deleteComponent",
            summary = "Delete a component that is live nowhere, with its repository, builds and releases")
    ResponseEntity<Void> delete(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        ComponentScope scope = access.component(organization, project, component, Permission.MANAGE_PROJECT);
        Versions.matchIfGiven(ifMatch, components.get(scope).version());
        components.delete(scope);
        return ResponseEntity.noContent().build();
    }
}
