package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who holds which role. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/members")
@Tag(name = "Members", description = "Role bindings: who may do what, in the organization or in one project.")
class MemberController {

    private final Access access;
    private final Members members;
    private final Directory directory;

    MemberController(Access access, Members members, Directory directory) {
        this.access = access;
        this.members = members;
        this.directory = directory;
    }

    record NewMember(
            @NotNull @Size(min = 1, max = 255) String username,
            @NotNull Role role,

            @Nullable @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String project,

            @Nullable Effect effect) {}

    @PostMapping
    @Operation(
            operationId = "addMember",
            summary = "Give a user a role, or deny it",
            description = "A denied role is a ceiling: the user holds neither it nor a higher one, whoever allows it."
                    + " Only an owner may bind the role owner.")
    ResponseEntity<Members.Member> add(@PathVariable String organization, @Valid @RequestBody NewMember request) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ACCESS);
        Effect effect = Objects.requireNonNullElse(request.effect(), Effect.ALLOW);
        access.requireMayBind(organization, request.role());
        if (request.role() == Role.OWNER && request.project() != null) {
            throw Problem.invalid("project", "must be left out for the role owner: it is for the whole organization");
        }
        ProjectScope project = request.project() == null
                ? null
                : access.project(organization, request.project(), Permission.MANAGE_ACCESS);
        String subject = directory
                .subjectOf(request.username())
                .orElseThrow(() -> Problem.invalid("username", "there is no user " + request.username()));
        var member = members.add(scope, project, subject, request.username(), request.role(), effect);
        return Versioned.created(member, member.id().toString());
    }

    @GetMapping
    @Operation(operationId = "listMembers", summary = "List who holds which role")
    Page<Members.Member> list(
            @PathVariable String organization,
            @RequestParam(required = false) @Nullable @Size(min = 1, max = 255) String username,
            PageRequest page) {
        return members.list(access.organization(organization, Permission.VIEW), username, page);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getMember", summary = "Read a role binding")
    ResponseEntity<Members.Member> get(@PathVariable String organization, @PathVariable UUID id) {
        return Versioned.ok(members.get(access.organization(organization, Permission.VIEW), id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeMember",
            summary = "Remove a role binding",
            description = "Only an owner may remove the role owner, and not from the last owner.")
    void remove(@PathVariable String organization, @PathVariable UUID id) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ACCESS);
        var member = members.get(scope, id);
        access.requireMayBind(organization, member.role());
        members.delete(scope, member);
    }
}
