package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.access.ProjectScope;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A project's cells, one for each environment in which something of it runs. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/cells")
@Tag(name = "Cells", description = "A project in an environment, as one document with a version.")
class CellController {

    private final Access access;
    private final CellDirectory cells;
    private final CellTraffics traffics;

    CellController(Access access, CellDirectory cells, CellTraffics traffics) {
        this.access = access;
        this.cells = cells;
        this.traffics = traffics;
    }

    /**
     * A cell, without its document.
     *
     * @param ready whether its data plane says that all of it is ready; null when it said nothing yet
     */
    record CellSummary(
            UUID id,
            String name,
            String environment,
            String dataPlane,
            long version,
            String contentHash,
            @Nullable Long observedVersion,
            @Nullable Boolean ready,
            Instant createdAt,
            Instant updatedAt) {}

    /**
     * A cell.
     *
     * @param version changes exactly when the content does
     * @param document all that its data plane is told; secrets in it are sealed to that data plane
     * @param status what the data plane last said; null when it said nothing yet
     */
    record CellView(
            UUID id,
            String name,
            String environment,
            String dataPlane,
            long version,
            String contentHash,
            Cell document,
            @Nullable CellStatus status,
            @Nullable Instant reportedAt,
            Instant createdAt,
            Instant updatedAt)
            implements Versioned {}

    /**
     * What changed between two versions.
     *
     * @param changes by component; empty when the two are equal
     */
    record CellDiff(long from, long to, List<CellDifference.CellChange> changes) {}

    /**
     * What went through a cell's gateway lately.
     *
     * @param from the beginning of the time that is told of; null when its data plane said nothing yet
     * @param until its end; long ago when there were no requests since, or when its data plane is away
     * @param edges every way that calls may take
     */
    record TrafficView(@Nullable Instant from, @Nullable Instant until, List<TrafficEdges.TrafficEdge> edges) {}

    @GetMapping
    @Operation(operationId = "listCells", summary = "List a project's cells")
    Page<CellSummary> list(@PathVariable String organization, @PathVariable String project, PageRequest page) {
        ProjectScope scope = access.project(organization, project, Permission.VIEW);
        var found = cells.ofProject(scope.projectId(), page);
        return new Page<>(found.items().stream().map(CellController::summary).toList(), found.nextCursor());
    }

    @GetMapping("/{environment}")
    @Operation(operationId = "getCell", summary = "Read a cell: its document, and what its data plane says of it")
    ResponseEntity<CellView> show(
            @PathVariable String organization, @PathVariable String project, @PathVariable String environment) {
        CellDirectory.Known cell = require(organization, project, environment);
        Cell.Metadata metadata = cell.document().metadata();
        return Versioned.ok(new CellView(
                cell.id(),
                cell.name(),
                cell.environment(),
                cell.dataPlane(),
                metadata.version(),
                metadata.contentHash(),
                cell.document(),
                cell.status(),
                cell.reportedAt(),
                cell.createdAt(),
                cell.updatedAt()));
    }

    @GetMapping("/{environment}/traffic")
    @Operation(
            operationId = "getCellTraffic",
            summary = "Tell what went through a cell's gateway in the last half minute",
            description =
                    "Requests, errors and latency on each way that calls may take, from the gateway's own counters."
                            + " The data plane tells it every five seconds while there are requests. Nothing is kept of earlier"
                            + " times.")
    TrafficView traffic(
            @PathVariable String organization, @PathVariable String project, @PathVariable String environment) {
        CellDirectory.Known cell = require(organization, project, environment);
        Optional<CellTraffic> traffic = traffics.find(cell.id());
        return new TrafficView(
                traffic.map(CellTraffic::from).orElse(null),
                traffic.map(CellTraffic::until).orElse(null),
                TrafficEdges.of(cell.document(), traffic));
    }

    @GetMapping("/{environment}/versions")
    @Operation(operationId = "listCellVersions", summary = "List the versions that a cell has had, the newest first")
    Page<CellDirectory.Version> versions(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String environment,
            PageRequest page) {
        return cells.versions(require(organization, project, environment).id(), page);
    }

    @GetMapping("/{environment}/diff")
    @Operation(
            operationId = "diffCell",
            summary = "Tell what changed between two versions of a cell",
            description = "Left out, to is the newest version and from the one before to. The newest "
                    + Cells.KEPT_VERSIONS + " versions are kept. Of secrets only the count of their values is told.")
    CellDiff diff(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String environment,
            @RequestParam(required = false) @Nullable @Min(1) Long from,
            @RequestParam(required = false) @Nullable @Min(1) Long to) {
        CellDirectory.Known cell = require(organization, project, environment);
        long later = to != null ? to : cell.document().metadata().version();
        long earlier = from != null ? from : Math.max(1, later - 1);
        return new CellDiff(
                earlier,
                later,
                CellDifference.between(
                        version(cell, earlier).spec(), version(cell, later).spec()));
    }

    private Cell version(CellDirectory.Known cell, long version) {
        return cells.version(cell.id(), version)
                .orElseThrow(() -> Problem.notFound("cell version", cell.name() + " version " + version));
    }

    private CellDirectory.Known require(String organization, String project, String environment) {
        ProjectScope scope = access.project(organization, project, Permission.VIEW);
        return cells.find(scope.projectId(), environment)
                .orElseThrow(() -> Problem.notFound("cell", project + "." + environment + "." + organization));
    }

    private static CellSummary summary(CellDirectory.Known cell) {
        CellStatus status = cell.status();
        return new CellSummary(
                cell.id(),
                cell.name(),
                cell.environment(),
                cell.dataPlane(),
                cell.document().metadata().version(),
                cell.document().metadata().contentHash(),
                status == null ? null : status.observedVersion(),
                status == null ? null : isReady(cell, status),
                cell.createdAt(),
                cell.updatedAt());
    }

    private static boolean isReady(CellDirectory.Known cell, CellStatus status) {
        return status.observedVersion() != null
                && status.observedVersion() >= cell.document().metadata().version()
                && status.components().stream().allMatch(it -> it.phase() == CellStatus.Phase.READY);
    }
}
