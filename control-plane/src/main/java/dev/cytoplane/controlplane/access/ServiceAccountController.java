package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Machines that act in an organization. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/service-accounts")
@Tag(name = "Service accounts", description = "Machines that act in an organization, by client credentials.")
class ServiceAccountController {

    private final Access access;
    private final ServiceAccounts accounts;

    ServiceAccountController(Access access, ServiceAccounts accounts) {
        this.access = access;
        this.accounts = accounts;
    }

    record NewServiceAccount(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String name,

            @NotNull Role role,

            @Nullable @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String project) {}

    /** @param clientSecret shown this once */
    record NewServiceAccountAnswer(
            UUID id,
            String name,
            String clientId,
            Role role,
            @Nullable String project,
            Instant createdAt,
            Instant updatedAt,
            long version,
            @Schema(format = "password") String clientSecret)
            implements Versioned {

        @Override
        public String toString() {
            return "NewServiceAccountAnswer[" + clientId + "]";
        }
    }

    @PostMapping
    @Operation(
            operationId = "createServiceAccount",
            summary = "Create a service account",
            description = "The answer is the only one that holds the client secret.")
    ResponseEntity<NewServiceAccountAnswer> create(
            @PathVariable String organization, @Valid @RequestBody NewServiceAccount request) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ACCESS);
        access.requireMayBind(organization, request.role());
        if (request.role() == Role.OWNER && request.project() != null) {
            throw Problem.invalid("project", "must be left out for the role owner: it is for the whole organization");
        }
        ProjectScope project = request.project() == null
                ? null
                : access.project(organization, request.project(), Permission.MANAGE_ACCESS);
        var created = accounts.create(scope, project, request.name(), request.role());
        var account = created.account();
        return Versioned.created(
                new NewServiceAccountAnswer(
                        account.id(),
                        account.name(),
                        account.clientId(),
                        account.role(),
                        account.project(),
                        account.createdAt(),
                        account.updatedAt(),
                        account.version(),
                        created.clientSecret()),
                account.name());
    }

    @GetMapping
    @Operation(operationId = "listServiceAccounts", summary = "List an organization's service accounts")
    Page<ServiceAccounts.ServiceAccount> list(@PathVariable String organization, PageRequest page) {
        return accounts.list(access.organization(organization, Permission.VIEW), page);
    }

    @GetMapping("/{name}")
    @Operation(operationId = "getServiceAccount", summary = "Read a service account")
    ResponseEntity<ServiceAccounts.ServiceAccount> get(@PathVariable String organization, @PathVariable String name) {
        return Versioned.ok(accounts.get(access.organization(organization, Permission.VIEW), name));
    }

    @DeleteMapping("/{name}")
    @Operation(operationId = "deleteServiceAccount", summary = "Delete a service account with all its roles")
    ResponseEntity<Void> delete(
            @PathVariable String organization,
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ACCESS);
        var account = accounts.get(scope, name);
        Versions.matchIfGiven(ifMatch, account.version());
        access.requireMayBind(organization, account.role());
        accounts.delete(scope, account);
        return ResponseEntity.noContent().build();
    }
}
