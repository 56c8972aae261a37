package dev.cytoplane.controlplane.environment;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.json.MergePatch;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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

/** Where an organization's cells run. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/environments")
@Tag(name = "Environments", description = "Where cells run. Each environment belongs to a data plane.")
class EnvironmentController {

    private final Access access;
    private final Environments environments;
    private final MergePatch patches;

    EnvironmentController(Access access, Environments environments, MergePatch patches) {
        this.access = access;
        this.environments = environments;
        this.patches = patches;
    }

    record NewEnvironment(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String name,

            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String dataPlane,

            @Nullable Boolean production) {}

    record EnvironmentChange(@NotNull Boolean production) {}

    @PostMapping
    @Operation(operationId = "createEnvironment", summary = "Create an environment on a data plane")
    ResponseEntity<Environment> create(@PathVariable String organization, @Valid @RequestBody NewEnvironment request) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ORGANIZATION);
        boolean production = request.production() != null && request.production();
        return Versioned.created(
                environments.create(scope, request.name(), request.dataPlane(), production), request.name());
    }

    @GetMapping
    @Operation(operationId = "listEnvironments", summary = "List an organization's environments")
    Page<Environment> list(
            @PathVariable String organization,
            @RequestParam(required = false) @Nullable @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
                    String dataPlane,
            PageRequest page) {
        return environments.list(access.membership(organization).scope(), dataPlane, page);
    }

    @GetMapping("/{environment}")
    @Operation(operationId = "getEnvironment", summary = "Read an environment")
    ResponseEntity<Environment> get(@PathVariable String organization, @PathVariable String environment) {
        OrganizationScope scope = access.membership(organization).scope();
        return Versioned.ok(environments.get(scope.organizationId(), environment));
    }

    @PatchMapping(
            path = "/{environment}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MergePatch.MEDIA_TYPE})
    @Operation(operationId = "updateEnvironment", summary = "Change whether an environment is production")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content =
                    @io.swagger.v3.oas.annotations.media.Content(
                            schema =
                                    @io.swagger.v3.oas.annotations.media.Schema(
                                            implementation = EnvironmentChange.class)))
    ResponseEntity<Environment> update(
            @PathVariable String organization,
            @PathVariable String environment,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody JsonNode patch) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ORGANIZATION);
        Environment current = environments.get(scope.organizationId(), environment);
        Versions.requireMatch(ifMatch, current.version());
        var change = patches.apply(new EnvironmentChange(current.production()), patch);
        return Versioned.ok(environments.change(scope, current, change.production()));
    }

    @DeleteMapping("/{environment}")
    @Operation(operationId = "deleteEnvironment", summary = "Delete an environment that nothing was deployed to")
    ResponseEntity<Void> delete(
            @PathVariable String organization,
            @PathVariable String environment,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ORGANIZATION);
        Environment current = environments.get(scope.organizationId(), environment);
        Versions.matchIfGiven(ifMatch, current.version());
        environments.delete(scope, current);
        return ResponseEntity.noContent().build();
    }
}
