package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.cell.CellInput.DeclaredCaller;
import dev.cytoplane.controlplane.cell.CellInput.KnownTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Reads from the database what a cell is compiled from. */
@Repository
class CellSources {

    private static final TypeReference<TreeMap<String, String>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;

    CellSources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param sealingKey null until the data plane has joined
     * @param delivery null when the data plane brings the cell by itself
     */
    record Place(
            String organization,
            String environment,
            String project,
            String dataPlane,
            String domain,
            @Nullable String sealingKey,
            Cell.@Nullable Delivery delivery) {}

    /** @param desired to run; else it only still serves, until its successor does */
    record Running(
            UUID componentId,
            String name,
            ComponentType type,
            String release,
            Cell.Artifact artifact,
            Descriptor descriptor,
            Map<String, String> configuration,
            CellInput.Operation operation,
            boolean desired) {}

    /** An endpoint of another cell that a connection names. */
    record Need(String project, String component, String endpoint) {}

    /** Empty when the project or the environment is gone, or its data plane is not known (yet). */
    Optional<Place> place(CellRef cell) {
        return jdbc.sql("""
                select o.name as organization, e.name as environment, p.name as project, d.name as data_plane, d.domain,
                    d.sealing_key, g.mode as delivery_mode
                from projects p join environments e on e.organization_id = p.organization_id
                join organizations o on o.id = p.organization_id
                left join placements l on l.environment_id = e.id and l.project_id = p.id
                join data_planes d on d.name = coalesce(l.data_plane, e.data_plane)
                -- A directory is for one cluster: what is placed elsewhere is brought there by the link.
                left join environment_deliveries g on g.environment_id = e.id and d.name = e.data_plane
                where p.id = ? and e.id = ?""")
                .params(cell.projectId(), cell.environmentId())
                .query((row, number) -> new Place(
                        row.getString("organization"),
                        row.getString("environment"),
                        row.getString("project"),
                        row.getString("data_plane"),
                        row.getString("domain"),
                        row.getString("sealing_key"),
                        "git".equals(row.getString("delivery_mode")) ? Cell.Delivery.GIT : null))
                .optional();
    }

    List<Running> running(CellRef cell) {
        return jdbc.sql("""
                select c.id, c.name, coalesce(r.descriptor ->> 'type', c.type, 'service') as type, r.id as release,
                    r.artifact_digest, r.artifact_kind, r.artifact_size, r.descriptor, d.configuration, d.replicas, d.min_instances,
                    d.max_instances, d.cpu_percent, d.memory_percent, d.restart,
                    d.desired and d.kind <> 'UNDEPLOY' as is_desired
                from deployments d join components c on c.id = d.component_id
                join releases r on r.component_id = d.component_id and r.id = d.release_id
                where d.project_id = ? and d.environment_id = ?
                    and (d.status = 'LIVE' or (d.desired and d.kind <> 'UNDEPLOY'))""")
                .params(cell.projectId(), cell.environmentId())
                .query(CellSources::running)
                .list();
    }

    /** What the cell's components call outside of it. Who still serves counts as much as who is to follow. */
    static Set<Need> needs(String ownProject, Collection<Running> running) {
        Set<Need> needs = new HashSet<>();
        for (Running component : running) {
            for (Offers.Connection connection : Offers.connections(component.descriptor())) {
                if (connection.target() instanceof Offers.Target.Component target
                        && target.project() != null
                        && !target.project().equals(ownProject)) {
                    needs.add(new Need(target.project(), target.component(), target.endpoint()));
                }
            }
        }
        return needs;
    }

    /** Remembers what the cell needs; returns the projects that it needed before. */
    Set<String> rememberNeeds(CellRef cell, Set<Need> needs) {
        List<Need> before = jdbc.sql("""
                select target_project, target_component, target_endpoint from cell_needs
                where environment_id = ? and project_id = ?""")
                .params(cell.environmentId(), cell.projectId())
                .query((row, number) -> new Need(row.getString(1), row.getString(2), row.getString(3)))
                .list();
        if (!Set.copyOf(before).equals(needs)) {
            jdbc.sql("delete from cell_needs where environment_id = ? and project_id = ?")
                    .params(cell.environmentId(), cell.projectId())
                    .update();
            for (Need need : needs) {
                jdbc.sql("""
                        insert into cell_needs (organization_id, environment_id, project_id, target_project,
                            target_component, target_endpoint) values (?, ?, ?, ?, ?, ?)""")
                        .params(
                                cell.organizationId(),
                                cell.environmentId(),
                                cell.projectId(),
                                need.project(),
                                need.component(),
                                need.endpoint())
                        .update();
            }
        }
        return Set.copyOf(before.stream().map(Need::project).toList());
    }

    List<DeclaredCaller> callers(CellRef cell, String project) {
        return jdbc.sql("""
                select p.name, n.target_component, n.target_endpoint
                from cell_needs n join projects p on p.id = n.project_id
                where n.environment_id = ? and n.target_project = ?""")
                .params(cell.environmentId(), project)
                .query((row, number) -> new DeclaredCaller(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** @param dataPlane the caller's: what is on another one is called at the address that one has told */
    List<KnownTarget> targets(CellRef cell, String dataPlane, Set<Need> needs) {
        List<KnownTarget> targets = new ArrayList<>();
        for (String project : Set.copyOf(needs.stream().map(Need::project).toList())) {
            projectId(cell.organizationId(), project).ifPresent(id -> {
                CellRef other = new CellRef(cell.organizationId(), id, cell.environmentId());
                String address = addressElsewhere(other, dataPlane).orElse(null);
                running(other).stream()
                        .filter(Running::desired)
                        .forEach(it -> Offers.endpoints(it.name(), it.type(), it.descriptor()).stream()
                                .filter(Offers.Endpoint::isOfferedToOtherCells)
                                .forEach(endpoint -> targets.add(new KnownTarget(
                                        project, it.name(), endpoint.name(), endpoint.path(), address))));
            });
        }
        return targets;
    }

    /** Where a cell of another data plane is reached; empty also while that has not said so. */
    private Optional<String> addressElsewhere(CellRef cell, String dataPlane) {
        return jdbc.sql("""
                select s.status ->> 'westboundAddress' from cells c join cell_statuses s on s.cell_id = c.id
                where c.project_id = ? and c.environment_id = ? and c.data_plane <> ? and c.document is not null
                    and s.status ->> 'westboundAddress' is not null""")
                .params(cell.projectId(), cell.environmentId(), dataPlane)
                .query(String.class)
                .optional();
    }

    Optional<UUID> projectId(UUID organization, String name) {
        return jdbc.sql("select id from projects where organization_id = ? and name = ?")
                .params(organization, name)
                .query(UUID.class)
                .optional();
    }

    private static Running running(ResultSet row, int number) throws SQLException {
        return new Running(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Objects.requireNonNull(ContractJson.MAPPER.convertValue(row.getString("type"), ComponentType.class)),
                row.getString("release"),
                new Cell.Artifact(
                        row.getString("artifact_digest"),
                        Cell.Artifact.Kind.valueOf(row.getString("artifact_kind")),
                        row.getLong("artifact_size")),
                ContractJson.MAPPER.readValue(row.getString("descriptor"), Descriptor.class),
                ContractJson.MAPPER.readValue(row.getString("configuration"), VALUES),
                OperationRow.of(row),
                row.getBoolean("is_desired"));
    }
}
