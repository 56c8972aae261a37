package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.cell.Instances;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.problem.Problem.FieldError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What of a component runs where, and how that is changed. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/components/{component}")
@Tag(name = "Deployments", description = "Releases in environments: deploy, promote, roll back, remove.")
class DeploymentController {

    private static final String RELEASE = "^r-[0-9a-f]{12}$";
    private static final String RELEASE_MESSAGE = "must be a release: r- and 12 hexadecimal digits";

    private final Access access;
    private final Deployments deployments;
    private final DeploymentStream stream;

    DeploymentController(Access access, Deployments deployments, DeploymentStream stream) {
        this.access = access;
        this.deployments = deployments;
        this.stream = stream;
    }

    record NewDeployment(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String environment,

            @NotNull @Pattern(regexp = RELEASE, message = RELEASE_MESSAGE)
            String release) {}

    /** @param release what is live in the stage before, when left out */
    record NewPromotion(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String to,

            @Nullable @Pattern(regexp = RELEASE, message = RELEASE_MESSAGE)
            String release) {}

    /** @param deployment the last one before the current that was live, when left out */
    record NewRollback(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String environment,

            @Nullable UUID deployment) {}

    record NewRestart(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String environment) {}

    /**
     * Either of the two, or as the descriptor says when both are left out.
     *
     * @param replicas how many instances, whatever their load
     * @param autoscaling between how many instances, by load
     */
    record NewScaling(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String environment,

            @Nullable @Min(1) @Max(Instances.MOST) Integer replicas,

            @Nullable @Valid NewAutoscaling autoscaling) {}

    /**
     * Instances by load.
     *
     * @param minInstances the fewest; 1 when left out
     * @param maxInstances the most
     * @param cpuPercent what they are to use of their processor time on average; 80 when memoryPercent is left out too
     * @param memoryPercent what they are to use of their memory on average; memory does not count when left out
     */
    record NewAutoscaling(
            @Nullable @Min(1) @Max(Instances.MOST) Integer minInstances,

            @NotNull @Min(1) @Max(Instances.MOST) Integer maxInstances,

            @Nullable @Min(1) @Max(100) Integer cpuPercent,

            @Nullable @Min(1) @Max(100) Integer memoryPercent) {}

    record NewUndeployment(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String environment) {}

    /**
     * A deployment.
     *
     * @param message one sentence on why it is in its status
     * @param cellVersion the version of the cell that first asked for it
     * @param urls where its endpoints answer, when it is live
     * @param replicas how many instances somebody said should run; null for as many as autoscaling or the descriptor says
     * @param autoscaling between how many instances somebody said should run, by load; null when nobody did
     * @param previous the deployment that it replaced
     */
    record DeploymentView(
            UUID id,
            String environment,
            String release,
            Deployment.Kind kind,
            DeploymentStatus status,
            String message,
            @Nullable Long cellVersion,
            List<String> urls,
            @Nullable Integer replicas,
            Cell.@Nullable Autoscaling autoscaling,
            @Nullable UUID previous,
            String createdBy,
            Instant createdAt,
            Instant updatedAt,
            long version)
            implements Versioned {

        static DeploymentView of(Deployment deployment) {
            return new DeploymentView(
                    deployment.id(),
                    deployment.environment(),
                    deployment.release(),
                    deployment.kind(),
                    deployment.status(),
                    deployment.message(),
                    deployment.cellVersion(),
                    deployment.urls(),
                    deployment.replicas(),
                    deployment.autoscaling(),
                    deployment.previous(),
                    deployment.createdBy(),
                    deployment.createdAt(),
                    deployment.updatedAt(),
                    deployment.version());
        }
    }

    @PostMapping("/deployments")
    @Operation(
            operationId = "createDeployment",
            summary =
                    "Deploy a release to the first stage of the pipeline, or to a later one whose stage before runs it")
    ResponseEntity<DeploymentView> deploy(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @Valid @RequestBody NewDeployment request) {
        ComponentScope scope = access.component(organization, project, component, Permission.DEPLOY);
        return created(scope, deployments.deploy(scope, request.environment(), request.release()));
    }

    @PostMapping("/promotions")
    @Operation(operationId = "createPromotion", summary = "Bring what is live one stage further along the pipeline")
    ResponseEntity<DeploymentView> promote(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @Valid @RequestBody NewPromotion request) {
        ComponentScope scope = access.component(organization, project, component, Permission.DEPLOY);
        return created(scope, deployments.promote(scope, request.to(), request.release()));
    }

    @PostMapping("/rollbacks")
    @Operation(
            operationId = "createRollback",
            summary = "Go back to an earlier deployment: its release and its plain settings, without a build")
    ResponseEntity<DeploymentView> rollback(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @Valid @RequestBody NewRollback request) {
        ComponentScope scope = access.component(organization, project, component, Permission.DEPLOY);
        return created(scope, deployments.rollback(scope, request.environment(), request.deployment()));
    }

    @PostMapping("/restarts")
    @Operation(
            operationId = "createRestart",
            summary = "Replace the instances in an environment by new ones, without refusing a request meanwhile",
            description = "A deployment of the same release with the same settings. It is live when the new instances"
                    + " serve.")
    ResponseEntity<DeploymentView> restart(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @Valid @RequestBody NewRestart request) {
        ComponentScope scope = access.component(organization, project, component, Permission.DEPLOY);
        return created(scope, deployments.restart(scope, request.environment()));
    }

    @PostMapping("/scalings")
    @Operation(
            operationId = "createScaling",
            summary = "Run another number of instances in an environment, or as many as their load needs",
            description = "A deployment of the same release with the same settings. What is said holds for this"
                    + " environment, whichever release is deployed to it afterwards, until something else is said. A number"
                    + " switches autoscaling off here, and autoscaling goes over the descriptor's. With neither, it is as the"
                    + " descriptor says. What holds already answers the deployment that is.")
    ResponseEntity<DeploymentView> scale(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @Valid @RequestBody NewScaling request) {
        ComponentScope scope = access.component(organization, project, component, Permission.DEPLOY);
        return created(scope, deployments.scale(scope, request.environment(), scaling(request)));
    }

    private static Scaling scaling(NewScaling request) {
        NewAutoscaling load = request.autoscaling();
        if (load == null) {
            return new Scaling(request.replicas(), null);
        }
        if (request.replicas() != null) {
            throw Problem.invalid(List.of(new FieldError(
                    "autoscaling", "cannot be given together with replicas, which is a fixed number of instances")));
        }
        if (load.minInstances() != null && load.minInstances() > load.maxInstances()) {
            throw Problem.invalid(
                    List.of(new FieldError("autoscaling.minInstances", "must not be more than maxInstances")));
        }
        return new Scaling(
                null,
                Instances.resolved(load.minInstances(), load.maxInstances(), load.cpuPercent(), load.memoryPercent()));
    }

    @PostMapping("/undeployments")
    @Operation(operationId = "createUndeployment", summary = "Take a component out of an environment")
    ResponseEntity<DeploymentView> undeploy(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @Valid @RequestBody NewUndeployment request) {
        ComponentScope scope = access.component(organization, project, component, Permission.DEPLOY);
        return created(scope, deployments.undeploy(scope, request.environment()));
    }

    @GetMapping("/deployments")
    @Operation(operationId = "listDeployments", summary = "List the history of a component, the newest first")
    Page<DeploymentView> list(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable DeploymentStatus status,
            PageRequest page) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        var found = deployments.list(scope, environment, status, page);
        return new Page<>(found.items().stream().map(DeploymentView::of).toList(), found.nextCursor());
    }

    @GetMapping("/deployments/{id}")
    @Operation(operationId = "getDeployment", summary = "Read a deployment")
    ResponseEntity<DeploymentView> show(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable UUID id) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        return Versioned.ok(DeploymentView.of(require(scope, id)));
    }

    @GetMapping(path = "/deployments/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "followDeployment",
            summary = "Follow a deployment: an event of the type status for each change, until it is settled")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = DeploymentView.class)))
    SseEmitter follow(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long lastEventId) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        require(scope, id);
        return stream.follow(scope.organizationId(), id, lastEventId == null ? 0 : lastEventId);
    }

    private Deployment require(ComponentScope scope, UUID id) {
        return deployments
                .get(id)
                .filter(it -> it.componentId().equals(scope.componentId()))
                .orElseThrow(() -> Problem.notFound("deployment", id.toString()));
    }

    private static ResponseEntity<DeploymentView> created(ComponentScope scope, Deployment deployment) {
        URI location = URI.create("/api/v1/organizations/%s/projects/%s/components/%s/deployments/%s"
                .formatted(scope.organization(), scope.project(), scope.component(), deployment.id()));
        return ResponseEntity.created(location)
                .eTag(Versions.etag(deployment.version()))
                .body(DeploymentView.of(deployment));
    }
}
