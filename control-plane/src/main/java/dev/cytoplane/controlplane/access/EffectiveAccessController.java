package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.id.Names;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why somebody may do something, or may not. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/access")
@Tag(name = "Members", description = "Role bindings: who may do what, in the organization or in one project.")
class EffectiveAccessController {

    private final Access access;
    private final Members members;

    EffectiveAccessController(Access access, Members members) {
        this.access = access;
        this.members = members;
    }

    @GetMapping
    @Operation(
            operationId = "getEffectiveAccess",
            summary = "Read what somebody may do, and which role bindings make it so",
            description = "About the caller when username is left out; asking about others needs the permission"
                    + " MANAGE_ACCESS. Somebody without any role binding may do nothing.")
    EffectiveAccess get(
            @PathVariable String organization,
            @RequestParam(required = false) @Nullable @Size(min = 1, max = 255) String username,
            @RequestParam(required = false) @Nullable @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
                    String project) {
        Caller caller = access.caller();
        String about = username == null ? caller.username() : username;
        boolean self = about.equals(caller.username());
        OrganizationScope scope = self
                ? access.membership(organization).scope()
                : access.organization(organization, Permission.MANAGE_ACCESS);
        ProjectScope place = project == null
                ? null
                : access.project(organization, project, self ? Permission.VIEW : Permission.MANAGE_ACCESS);
        Members.Held held = self
                ? members.heldBy(scope, caller.subject())
                : members.subjectOf(scope, about)
                        .map(subject -> members.heldBy(scope, subject))
                        .orElse(Members.Held.NOTHING);
        return EffectiveAccess.of(about, place, held);
    }
}
