package dev.cytoplane.controlplane.configuration;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.environment.EnvironmentNames;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Plain settings, which a component reads from its environment variables. */
@RestController
@RequestMapping(
        "/api/v1/organizations/{organization}/projects/{project}/components/{component}/configuration/{environment}")
@Tag(name = "Configuration", description = "Plain settings, which a component reads from its environment variables.")
class ConfigurationController {

    private static final int MOST_ENTRIES = 200;
    private static final int LONGEST_VALUE = 32_768;

    private final Access access;
    private final Configurations configurations;
    private final EnvironmentNames environments;
    private final DeclaredSettings declared;

    ConfigurationController(
            Access access, Configurations configurations, EnvironmentNames environments, DeclaredSettings declared) {
        this.access = access;
        this.configurations = configurations;
        this.environments = environments;
        this.declared = declared;
    }

    /** @param values all settings of the environment, by variable; what is left out is unset */
    record ConfigurationRequest(@NotNull Map<String, @NotNull String> values) {}

    /** @param version counts the changes, 0 when nothing was ever set */
    record ConfigurationView(
            String environment,
            Map<String, String> values,
            long version,
            @Nullable Instant updatedAt) {}

    @GetMapping
    @Operation(
            operationId = "getConfiguration",
            summary = "Read the settings that an environment has of its own, over the descriptor's defaults")
    ResponseEntity<ConfigurationView> show(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable String environment) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        UUID environmentId = environments.require(scope.organizationId(), environment);
        return answer(environment, configurations.get(scope.componentId(), environmentId));
    }

    @PutMapping
    @Operation(
            operationId = "replaceConfiguration",
            summary = "Replace the settings of an environment; what runs there is deployed anew with them",
            description =
                    "Names that the platform sets itself (PORT, CYTOPLANE_…) are refused, and so are settings that"
                            + " the descriptor declares as secret.")
    ResponseEntity<ConfigurationView> replace(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable String environment,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ConfigurationRequest request) {
        ComponentScope scope = access.component(organization, project, component, Permission.CONFIGURE);
        UUID environmentId = environments.require(scope.organizationId(), environment);
        Versions.requireMatch(
                ifMatch, configurations.get(scope.componentId(), environmentId).version());
        check(request.values(), declared.secrets(scope.componentId(), environmentId));
        return answer(
                environment,
                configurations.replace(scope, environmentId, environment, new TreeMap<>(request.values()), ifMatch));
    }

    private static void check(Map<String, String> values, Set<String> secrets) {
        List<Problem.FieldError> errors = new ArrayList<>();
        if (values.size() > MOST_ENTRIES) {
            errors.add(new Problem.FieldError("values", "are more than " + MOST_ENTRIES));
        }
        values.forEach((name, value) -> {
            String field = "values." + name;
            Variables.objection(name).ifPresent(message -> errors.add(new Problem.FieldError(field, message)));
            if (value.length() > LONGEST_VALUE || value.indexOf('\0') >= 0) {
                errors.add(new Problem.FieldError(
                        field, "is longer than " + LONGEST_VALUE + " characters, or has a null character"));
            }
            if (secrets.contains(name)) {
                errors.add(new Problem.FieldError(field, "is a secret: set it as one"));
            }
        });
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static ResponseEntity<ConfigurationView> answer(
            String environment, Configurations.Configuration configuration) {
        return ResponseEntity.ok()
                .eTag(Versions.etag(configuration.version()))
                .body(new ConfigurationView(
                        environment, configuration.values(), configuration.version(), configuration.updatedAt()));
    }
}
