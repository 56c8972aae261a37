package dev.cytoplane.controlplane.organization;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Membership;
import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.json.MergePatch;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Tenants. */
@RestController
@RequestMapping("/api/v1/organizations")
@Tag(name = "Organizations", description = "Tenants. Everything else belongs to exactly one.")
class OrganizationController {

    private final Access access;
    private final Organizations organizations;
    private final MergePatch patches;

    OrganizationController(Access access, Organizations organizations, MergePatch patches) {
        this.access = access;
        this.organizations = organizations;
        this.patches = patches;
    }

    record NewOrganization(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String name,

            @Nullable @Size(min = 1, max = 200) String displayName) {}

    record OrganizationChange(
            @NotNull @Size(min = 1, max = 200) String displayName) {}

    @PostMapping
    @Operation(
            operationId = "createOrganization",
            summary = "Create an organization",
            description = "The caller becomes its owner. It starts with the environments development, staging and"
                    + " production, and with the pipeline default through them.")
    ResponseEntity<Organization> create(@Valid @RequestBody NewOrganization request) {
        String displayName = request.displayName() != null ? request.displayName() : request.name();
        return Versioned.created(organizations.create(access.caller(), request.name(), displayName), request.name());
    }

    @GetMapping
    @Operation(operationId = "listOrganizations", summary = "List the organizations that the caller is a member of")
    Page<Organization> list(PageRequest page) {
        return organizations.list(access.caller(), page);
    }

    @GetMapping("/{organization}")
    @Operation(operationId = "getOrganization", summary = "Read an organization")
    ResponseEntity<Organization> get(@PathVariable String organization) {
        return Versioned.ok(organizations.get(access.membership(organization).scope()));
    }

    @PatchMapping(
            path = "/{organization}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MergePatch.MEDIA_TYPE})
    @Operation(operationId = "updateOrganization", summary = "Change an organization's display name")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = OrganizationChange.class)))
    ResponseEntity<Organization> update(
            @PathVariable String organization,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody JsonNode patch) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ORGANIZATION);
        Organization current = organizations.get(scope);
        Versions.requireMatch(ifMatch, current.version());
        var change = patches.apply(new OrganizationChange(current.displayName()), patch);
        return Versioned.ok(organizations.change(scope, current, change.displayName()));
    }

    @DeleteMapping("/{organization}")
    @Operation(
            operationId = "deleteOrganization",
            summary = "Delete an organization that has no projects",
            description = "Only an owner may. Its audit log is kept.")
    ResponseEntity<Void> delete(
            @PathVariable String organization,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        Membership membership = access.membership(organization);
        if (!membership.isOwner()) {
            throw Problem.forbidden("Only an owner of " + organization + " may delete it.");
        }
        Versions.matchIfGiven(ifMatch, organizations.get(membership.scope()).version());
        organizations.delete(membership.scope());
        return ResponseEntity.noContent().build();
    }
}
