package dev.cytoplane.controlplane.secret;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.configuration.Configurations;
import dev.cytoplane.controlplane.configuration.Variables;
import dev.cytoplane.controlplane.environment.EnvironmentNames;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Secret settings. Their values are write-only. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/components/{component}/secrets/{environment}")
@Tag(name = "Secrets", description = "Secret settings. Their values are write-only.")
class SecretController {

    private final Access access;
    private final Secrets secrets;
    private final EnvironmentNames environments;
    private final Configurations configurations;

    SecretController(Access access, Secrets secrets, EnvironmentNames environments, Configurations configurations) {
        this.access = access;
        this.secrets = secrets;
        this.environments = environments;
        this.configurations = configurations;
    }

    /** @param value at most 32,768 characters */
    record SecretRequest(
            @NotNull @Size(min = 1, max = 32_768) String value) {}

    /**
     * A secret, without its value.
     *
     * @param version counts the values it has had
     */
    record SecretView(UUID id, String name, long version, Instant createdAt, Instant updatedAt) {

        static SecretView of(Secrets.Secret secret) {
            return new SecretView(secret.id(), secret.name(), secret.version(), secret.createdAt(), secret.updatedAt());
        }
    }

    @GetMapping
    @Operation(operationId = "listSecrets", summary = "List which secrets an environment has; values are never shown")
    Page<SecretView> list(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable String environment,
            PageRequest page) {
        Secrets.Place place = place(organization, project, component, environment, Permission.VIEW);
        return Page.of(
                secrets.list(place.scope().componentId(), place.environmentId()).stream()
                        .map(SecretView::of)
                        .toList(),
                page,
                "name",
                SecretView::name);
    }

    @PutMapping("/{name}")
    @Operation(
            operationId = "setSecret",
            summary = "Set a secret to a new value; what runs in the environment is deployed anew with it")
    ResponseEntity<SecretView> set(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable String environment,
            @Parameter(schema = @Schema(type = "string", pattern = "^" + Variables.PATTERN + "$")) @PathVariable
                    String name,
            @Valid @RequestBody SecretRequest request) {
        Secrets.Place place = place(organization, project, component, environment, Permission.CONFIGURE);
        Variables.objection(name).ifPresent(objection -> {
            throw Problem.invalid("name", objection);
        });
        if (request.value().indexOf('\0') >= 0) {
            throw Problem.invalid("value", "has a null character, which no environment variable can hold");
        }
        if (configurations
                .get(place.scope().componentId(), place.environmentId())
                .values()
                .containsKey(name)) {
            throw Problem.conflict(
                    "plain-setting-exists",
                    name + " is set as a plain setting here: remove it from the configuration first.");
        }
        Secrets.Secret secret = secrets.set(place, name, request.value());
        return ResponseEntity.ok().eTag(Versions.etag(secret.version())).body(SecretView.of(secret));
    }

    @DeleteMapping("/{name}")
    @Operation(
            operationId = "deleteSecret",
            summary = "Remove a secret; what runs in the environment is deployed anew without it")
    ResponseEntity<Void> delete(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable String environment,
            @Parameter(schema = @Schema(type = "string", pattern = "^" + Variables.PATTERN + "$")) @PathVariable
                    String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        secrets.delete(place(organization, project, component, environment, Permission.CONFIGURE), name, ifMatch);
        return ResponseEntity.noContent().build();
    }

    private Secrets.Place place(
            String organization, String project, String component, String environment, Permission permission) {
        ComponentScope scope = access.component(organization, project, component, permission);
        return new Secrets.Place(scope, environments.require(scope.organizationId(), environment), environment);
    }
}
