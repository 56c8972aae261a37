package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Membership;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What runs, as data planes last reported it. */
@RestController
@Tag(name = "Runtime", description = "What runs, and what it says.")
class RuntimeController {

    private final Access access;
    private final CellDirectory cells;

    RuntimeController(Access access, CellDirectory cells) {
        this.access = access;
        this.cells = cells;
    }

    /**
     * One running copy of a component.
     *
     * @param lastExit why it ended the last time, in a sentence
     * @param cpuMillis thousandths of a CPU, lately
     */
    record InstanceView(
            String environment,
            String id,
            String release,
            CellStatus.InstancePhase phase,
            @Nullable Long pid,
            Instant startedAt,
            int restarts,
            @Nullable String lastExit,
            @Nullable Long memoryBytes,
            @Nullable Integer cpuMillis) {}

    enum Health {
        HEALTHY,
        UNHEALTHY,
        /** Its data plane has not said anything of it. */
        UNKNOWN
    }

    /**
     * Something that can be called.
     *
     * @param cell the name of the cell that offers it
     * @param url the first of the addresses; null when it has none outside of its cell
     * @param release which release serves it now
     */
    record EndpointView(
            String cell,
            String project,
            String environment,
            String component,
            String name,
            Visibility visibility,
            @Nullable String url,
            List<String> urls,
            Health health,
            @Nullable String release) {}

    @GetMapping("/api/v1/organizations/{organization}/projects/{project}/components/{component}/instances")
    @Operation(operationId = "listInstances", summary = "List the running instances of a component")
    Page<InstanceView> instances(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestParam(required = false) @Nullable String environment,
            PageRequest page) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        List<InstanceView> instances = new ArrayList<>();
        for (CellDirectory.Known cell : cells.ofOrganization(scope.organizationId(), environment, scope.project())) {
            cell.component(component)
                    .ifPresent(it -> it.instances().stream()
                            .map(instance -> instance(cell.environment(), instance))
                            .forEach(instances::add));
        }
        return Page.of(instances, page, "id", InstanceView::id);
    }

    @GetMapping("/api/v1/organizations/{organization}/endpoints")
    @Operation(
            operationId = "listEndpoints",
            summary = "List what an organization's cells offer, and whether it answers")
    Page<EndpointView> endpoints(
            @PathVariable String organization,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String project,
            PageRequest page) {
        Membership membership = access.membership(organization);
        List<EndpointView> endpoints = new ArrayList<>();
        for (CellDirectory.Known cell :
                cells.ofOrganization(membership.scope().organizationId(), environment, project)) {
            if (membership.sees(cell.projectId())) {
                cell.document()
                        .spec()
                        .components()
                        .forEach(component -> component
                                .endpoints()
                                .forEach(endpoint -> endpoints.add(
                                        endpoint(cell, component.name(), endpoint.name(), endpoint.visibility()))));
            }
        }
        return Page.of(
                endpoints,
                page,
                "name",
                endpoint -> String.join("/", endpoint.cell(), endpoint.component(), endpoint.name()));
    }

    private static EndpointView endpoint(
            CellDirectory.Known cell, String component, String name, Visibility visibility) {
        Optional<CellStatus.Component> reported = cell.component(component);
        Optional<CellStatus.Endpoint> endpoint = reported.flatMap(it -> it.endpoints().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst());
        List<String> urls = endpoint.map(CellStatus.Endpoint::urls).orElse(List.of());
        Health health = endpoint.map(it -> it.healthy() ? Health.HEALTHY : Health.UNHEALTHY)
                .orElse(Health.UNKNOWN);
        return new EndpointView(
                cell.name(),
                cell.project(),
                cell.environment(),
                component,
                name,
                visibility,
                urls.isEmpty() ? null : urls.getFirst(),
                urls,
                health,
                reported.map(CellStatus.Component::servingRelease).orElse(null));
    }

    private static InstanceView instance(String environment, CellStatus.Instance instance) {
        return new InstanceView(
                environment,
                instance.id(),
                instance.release(),
                instance.phase(),
                instance.pid(),
                instance.startedAt(),
                instance.restarts(),
                instance.lastExit(),
                instance.memoryBytes(),
                instance.cpuMillis());
    }
}
