package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Membership;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An organization's cells together: how each is, and which may call which. */
@RestController
@Tag(name = "Cells", description = "A project in an environment, as one document with a version.")
class CellMapController {

    private final Access access;
    private final CellDirectory cells;

    CellMapController(Access access, CellDirectory cells) {
        this.access = access;
        this.cells = cells;
    }

    enum MapHealth {
        HEALTHY,
        /** Its data plane is bringing it up to its version. */
        PROGRESSING,
        /** A component of it is not ready, and is not about to be. */
        UNHEALTHY,
        /** Its data plane has not said anything of it. */
        UNKNOWN
    }

    /**
     * A connection that leaves a cell.
     *
     * @param component of the cell, which calls
     * @param name of the connection
     * @param cell the name of the cell that is called; null when it is not one of the platform's
     * @param project of the cell that is called
     * @param endpoint of the cell that is called, as component/endpoint
     * @param host the third party that is called; null when it is a cell
     */
    record MapConnection(
            String component,
            String name,
            @Nullable String cell,
            @Nullable String project,
            @Nullable String endpoint,
            @Nullable String host) {}

    /**
     * A cell among the others.
     *
     * @param observedVersion the version that its data plane last had
     * @param components how many
     * @param ready how many of them are ready
     * @param open whether something of it is offered to the public
     */
    record MapCell(
            String name,
            String project,
            String environment,
            long version,
            @Nullable Long observedVersion,
            MapHealth health,
            int components,
            int ready,
            boolean open,
            List<MapConnection> connections) {}

    @GetMapping("/api/v1/organizations/{organization}/cells")
    @Operation(
            operationId = "listOrganizationCells",
            summary = "List an organization's cells with their health and what each may call",
            description = "Those of the projects that the caller may see.")
    Page<MapCell> list(
            @PathVariable String organization,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String project,
            PageRequest page) {
        Membership membership = access.membership(organization);
        return Page.of(
                cells.ofOrganization(membership.scope().organizationId(), environment, project).stream()
                        .filter(it -> membership.sees(it.projectId()))
                        .map(CellMapController::mapped)
                        .toList(),
                page,
                "name",
                MapCell::name);
    }

    private static MapCell mapped(CellDirectory.Known cell) {
        List<Cell.Component> components = cell.document().spec().components();
        CellStatus status = cell.status();
        return new MapCell(
                cell.name(),
                cell.project(),
                cell.environment(),
                cell.document().metadata().version(),
                status == null ? null : status.observedVersion(),
                health(cell),
                components.size(),
                (int) components.stream()
                        .filter(it -> cell.component(it.name())
                                .filter(seen -> seen.phase() == CellStatus.Phase.READY)
                                .isPresent())
                        .count(),
                components.stream()
                        .flatMap(it -> it.endpoints().stream())
                        .anyMatch(it -> it.visibility() == Visibility.PUBLIC),
                connections(components));
    }

    private static MapHealth health(CellDirectory.Known cell) {
        CellStatus status = cell.status();
        if (status == null || status.observedVersion() == null) {
            return MapHealth.UNKNOWN;
        }
        List<CellStatus.Phase> phases =
                status.components().stream().map(CellStatus.Component::phase).toList();
        if (phases.contains(CellStatus.Phase.FAILED) || phases.contains(CellStatus.Phase.DEGRADED)) {
            return MapHealth.UNHEALTHY;
        }
        boolean behind = status.observedVersion() < cell.document().metadata().version();
        return behind || phases.contains(CellStatus.Phase.PROGRESSING) ? MapHealth.PROGRESSING : MapHealth.HEALTHY;
    }

    private static List<MapConnection> connections(List<Cell.Component> components) {
        List<MapConnection> connections = new ArrayList<>();
        for (Cell.Component component : components) {
            for (Cell.Connection connection : component.connections()) {
                Cell.OtherCell other = connection.otherCell();
                Cell.External external = connection.external();
                if (other != null) {
                    connections.add(new MapConnection(
                            component.name(),
                            connection.name(),
                            other.cell(),
                            other.cell().substring(0, other.cell().indexOf('.')),
                            other.component() + "/" + other.endpoint(),
                            null));
                } else if (external != null) {
                    connections.add(new MapConnection(
                            component.name(), connection.name(), null, null, null, host(external.url())));
                }
            }
        }
        return connections;
    }

    /** What was declared is an absolute URL: without a path and credentials, which nobody has to see here. */
    private static @Nullable String host(String url) {
        return URI.create(url).getHost();
    }
}
