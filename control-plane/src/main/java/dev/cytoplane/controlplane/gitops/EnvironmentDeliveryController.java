package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Membership;
import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.access.ProjectScope;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.environment.Environment;
import dev.cytoplane.controlplane.environment.EnvironmentNames;
import dev.cytoplane.controlplane.environment.Environments;
import dev.cytoplane.controlplane.gitops.DeliveredFiles.Listed;
import dev.cytoplane.controlplane.gitops.DeliveredFiles.State;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Git repository that an environment's cells are written to, and what is in sync with it. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/environments/{environment}/delivery")
@Tag(name = "GitOps", description = "Cells in a Git repository, for Flux, Argo CD or kubectl to deliver.")
class EnvironmentDeliveryController {

    private final Access access;
    private final Environments environments;
    private final EnvironmentNames names;
    private final EnvironmentDeliveries deliveries;
    private final DeliveredFiles files;
    private final Healing healing;

    EnvironmentDeliveryController(
            Access access,
            Environments environments,
            EnvironmentNames names,
            EnvironmentDeliveries deliveries,
            DeliveredFiles files,
            Healing healing) {
        this.access = access;
        this.environments = environments;
        this.names = names;
        this.deliveries = deliveries;
        this.files = files;
        this.healing = healing;
    }

    /**
     * An environment's delivery repository. Its credentials are never shown.
     *
     * @param directory where in the repository the files are; {@code .} for its root
     * @param hasCredentials whether the platform signs in there
     * @param lookedAt when it was last compared with what is wanted; null before the first time
     * @param commit the branch's commit then; null while there is no such branch
     * @param attempts comparisons that failed since
     * @param lastError why the last one failed, in a sentence; null when it did not
     * @param nextLookAt null while it is being compared
     */
    record DeliveryView(
            String url,
            String branch,
            String directory,
            boolean hasCredentials,
            DeliveryMode mode,
            DriftPolicy onDrift,
            @Nullable Instant lookedAt,
            @Nullable String commit,
            int attempts,
            @Nullable String lastError,
            @Nullable Instant nextLookAt,
            Instant createdAt,
            Instant updatedAt,
            long version)
            implements Versioned {

        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.url(),
                    delivery.branch(),
                    delivery.directory(),
                    delivery.sealedCredentials() != null,
                    delivery.mode(),
                    delivery.onDrift(),
                    delivery.lookedAt(),
                    delivery.tip(),
                    delivery.attempts(),
                    delivery.lastError(),
                    delivery.nextLookAt(),
                    delivery.createdAt(),
                    delivery.updatedAt(),
                    delivery.version());
        }
    }

    /**
     * What is in the repository.
     *
     * @param file its path
     * @param there whether there is such a file
     * @param version the version that it states; null when it states none
     * @param commit the last one that changed or removed it; null when nothing did yet, or too long ago to be found
     * @param author that commit's; for a commit of the platform whoever caused it
     */
    record RepositoryFile(
            String file,
            boolean there,
            @Nullable Long version,
            @Nullable String commit,
            @Nullable String author,
            @Nullable Instant committedAt) {}

    /**
     * What the data plane runs.
     *
     * @param version the version that it last saw; null when what it sees is none of the platform's
     * @param ready whether all of that is ready
     * @param message what it says of it, in a sentence; null when there is nothing to be said
     */
    record AppliedCell(
            @Nullable Long version, boolean ready, @Nullable String message, Instant reportedAt) {}

    /**
     * A cell, its file, and what is applied.
     *
     * @param cell its name; null when it is gone and its file is not
     * @param wantedVersion null when no file is wanted any more
     * @param writtenVersion what the platform wrote last; null when it did not yet
     * @param writtenCommit by which commit
     * @param repository null until it was looked at
     * @param differences where the file is not as it is wanted, when somebody else changed it; the first 20
     * @param healing whether that is written over at the next look
     * @param applied null when the data plane said nothing yet
     * @param lastError why the repository could not be read or written the last time, in a sentence
     */
    record DeliveredCell(
            String project,
            @Nullable String cell,
            State sync,
            @Nullable Long wantedVersion,
            @Nullable Long writtenVersion,
            @Nullable String writtenCommit,
            @Nullable RepositoryFile repository,
            List<FileDifference> differences,
            boolean healing,
            @Nullable AppliedCell applied,
            @Nullable String lastError) {}

    @GetMapping
    @Operation(operationId = "getDelivery", summary = "Read an environment's delivery repository, and how it goes")
    ResponseEntity<DeliveryView> get(@PathVariable String organization, @PathVariable String environment) {
        OrganizationScope scope = access.membership(organization).scope();
        return Versioned.ok(DeliveryView.of(require(scope, environment)));
    }

    /** Makes it; or, with If-Match, changes it. */
    @PutMapping
    @Operation(
            operationId = "putDelivery",
            summary = "Write an environment's cells to a Git repository from now on, or change where to and how",
            description = "A change needs If-Match. Files of an earlier place stay where they are.")
    @ApiResponse(responseCode = "200", description = "Changed", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", description = "Made", useReturnTypeSchema = true)
    ResponseEntity<DeliveryView> put(
            @PathVariable String organization,
            @PathVariable String environment,
            @Valid @RequestBody DeliverySettings body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ORGANIZATION);
        Environment found = environments.get(scope.organizationId(), environment);
        Delivery delivery = deliveries.put(scope, found, body, ifMatch);
        return ResponseEntity.status(delivery.version() == 1 ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(Versions.etag(delivery.version()))
                .body(DeliveryView.of(delivery));
    }

    @DeleteMapping
    @Operation(
            operationId = "deleteDelivery",
            summary = "Write an environment's cells to a Git repository no more",
            description = "The files stay in the repository; the cells are delivered over the link again.")
    ResponseEntity<Void> delete(
            @PathVariable String organization,
            @PathVariable String environment,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        OrganizationScope scope = access.organization(organization, Permission.MANAGE_ORGANIZATION);
        deliveries.delete(scope, environments.get(scope.organizationId(), environment), ifMatch);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/cells")
    @Operation(
            operationId = "listDeliveredCells",
            summary = "List an environment's cells: what is wanted, what is in the repository, what is applied",
            description =
                    "Those of the projects that the caller may see. A file that somebody else changed is DRIFTED, with"
                            + " who changed it and what differs.")
    Page<DeliveredCell> cells(
            @PathVariable String organization,
            @PathVariable String environment,
            @RequestParam(required = false) @Nullable State sync,
            PageRequest page) {
        Membership membership = access.membership(organization);
        Delivery delivery = require(membership.scope(), environment);
        return Page.of(
                files.list(delivery.environmentId()).stream()
                        .filter(it -> membership.sees(it.projectId()))
                        .map(it -> view(delivery, it))
                        .filter(it -> sync == null || it.sync() == sync)
                        .toList(),
                page,
                "project",
                DeliveredCell::project);
    }

    @PostMapping("/cells/{project}/heal")
    @Operation(
            operationId = "healDeliveredCell",
            summary = "Write a file that somebody else changed as it is wanted again",
            description =
                    "What was found there last is written over at the next look, which comes at once. What is changed"
                            + " after that is shown anew. 409 when the file has not drifted.")
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<DeliveredCell> heal(
            @PathVariable String organization, @PathVariable String environment, @PathVariable String project) {
        ProjectScope scope = access.project(organization, project, Permission.DEPLOY);
        UUID id = names.require(scope.organizationId(), environment);
        Delivery delivery = deliveries.require(id, environment);
        healing.allow(scope, delivery);
        Listed listed = files.list(id).stream()
                .filter(it -> it.project().equals(project))
                .findFirst()
                .orElseThrow(() -> Healing.notDrifted(project));
        return ResponseEntity.accepted().body(view(delivery, listed));
    }

    private Delivery require(OrganizationScope scope, String environment) {
        return deliveries.require(names.require(scope.organizationId(), environment), environment);
    }

    private static DeliveredCell view(Delivery delivery, Listed listed) {
        var file = listed.file();
        return new DeliveredCell(
                listed.project(),
                listed.cell(),
                sync(listed),
                listed.wantedVersion(),
                file == null ? null : file.writtenVersion(),
                file == null ? null : file.writtenCommit(),
                file == null
                        ? null
                        : new RepositoryFile(
                                delivery.file(listed.project()),
                                file.found().hash() != null,
                                file.found().version(),
                                file.found().commit(),
                                file.found().author(),
                                file.found().time()),
                file == null ? List.of() : file.differences(),
                file != null
                        && file.state() == State.DRIFTED
                        && Objects.requireNonNullElse(file.found().hash(), FileStep.NONE)
                                .equals(file.memory().heal()),
                applied(listed),
                delivery.lastError());
    }

    /** What changed since the last look is still to be written. */
    private static State sync(Listed listed) {
        var file = listed.file();
        if (file == null) {
            return State.PENDING;
        }
        boolean behind = !Objects.equals(file.found().version(), listed.wantedVersion());
        return file.state() == State.IN_SYNC && behind ? State.PENDING : file.state();
    }

    private static @Nullable AppliedCell applied(Listed listed) {
        CellStatus status = listed.status();
        if (status == null || listed.reportedAt() == null) {
            return null;
        }
        boolean ready = !status.components().isEmpty()
                && status.components().stream().allMatch(it -> it.phase() == CellStatus.Phase.READY);
        // That the cluster has another cell than the one that is wanted says more than how that one is.
        Optional<String> said = status.conditions().stream()
                .filter(it -> it.status() != CellStatus.State.TRUE)
                .sorted(Comparator.comparing(it -> !it.type().equals(CellStatus.DELIVERED)))
                .map(CellStatus.Condition::message)
                .findFirst();
        return new AppliedCell(status.observedVersion(), ready, said.orElse(null), listed.reportedAt());
    }
}
