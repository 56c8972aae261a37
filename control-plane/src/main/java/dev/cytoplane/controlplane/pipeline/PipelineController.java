package dev.cytoplane.controlplane.pipeline;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The order in which releases move through environments. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/pipelines")
@Tag(name = "Pipelines", description = "The order in which releases move through environments.")
class PipelineController {

    private final Access access;
    private final Pipelines pipelines;

    PipelineController(Access access, Pipelines pipelines) {
        this.access = access;
        this.pipelines = pipelines;
    }

    record NewPipeline(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String name,

            @NotNull @Size(min = 1, max = 20)
            List<@NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE) String> stages) {}

    record PipelineStages(
            @NotNull @Size(min = 1, max = 20)
            List<@NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE) String> stages) {}

    @PostMapping
    @Operation(operationId = "createPipeline", summary = "Create a deployment pipeline")
    ResponseEntity<Pipeline> create(@PathVariable String organization, @Valid @RequestBody NewPipeline request) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ORGANIZATION);
        return Versioned.created(pipelines.create(scope, request.name(), request.stages()), request.name());
    }

    @GetMapping
    @Operation(operationId = "listPipelines", summary = "List an organization's deployment pipelines")
    Page<Pipeline> list(@PathVariable String organization, PageRequest page) {
        return pipelines.list(access.membership(organization).scope(), page);
    }

    @GetMapping("/{pipeline}")
    @Operation(operationId = "getPipeline", summary = "Read a deployment pipeline")
    ResponseEntity<Pipeline> get(@PathVariable String organization, @PathVariable String pipeline) {
        OrganizationScope scope = access.membership(organization).scope();
        return Versioned.ok(pipelines.get(scope.organizationId(), pipeline));
    }

    @PutMapping("/{pipeline}")
    @Operation(operationId = "replacePipeline", summary = "Replace the stages of a deployment pipeline")
    ResponseEntity<Pipeline> replace(
            @PathVariable String organization,
            @PathVariable String pipeline,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody PipelineStages request) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ORGANIZATION);
        Pipeline current = pipelines.get(scope.organizationId(), pipeline);
        Versions.requireMatch(ifMatch, current.version());
        return Versioned.ok(pipelines.replace(scope, current, request.stages()));
    }

    @DeleteMapping("/{pipeline}")
    @Operation(operationId = "deletePipeline", summary = "Delete a deployment pipeline that no project uses")
    ResponseEntity<Void> delete(
            @PathVariable String organization,
            @PathVariable String pipeline,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ORGANIZATION);
        Pipeline current = pipelines.get(scope.organizationId(), pipeline);
        Versions.matchIfGiven(ifMatch, current.version());
        pipelines.delete(scope, current);
        return ResponseEntity.noContent().build();
    }
}
