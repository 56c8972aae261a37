package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Cells as their owners see them: what should run, and what their data planes say of it. */
@Repository
@Transactional(readOnly = true)
public class CellDirectory {

    private static final String SELECT = """
            select c.id, c.organization_id, c.project_id, c.name, c.data_plane, c.version, c.content_hash, c.document,
                c.created_at, c.updated_at, e.name as environment, p.name as project, s.status, s.received_at
            from cells c join environments e on e.id = c.environment_id join projects p on p.id = c.project_id
            left join cell_statuses s on s.cell_id = c.id where c.document is not null""";

    private final JdbcClient jdbc;

    CellDirectory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param name the name by which its data plane knows it */
    public record Location(String name, String dataPlane) {}

    /** An endpoint of a cell's component. */
    public record Offered(Location location, Cell.Endpoint endpoint) {}

    /**
     * A component in a cell.
     *
     * @param reported what its data plane said of it last
     */
    public record Placed(
            Location location, String environment, Cell.Component component, Optional<CellStatus.Component> reported) {}

    /** @param status null until its data plane has said something */
    record Known(
            UUID id,
            UUID projectId,
            String project,
            String environment,
            String name,
            String dataPlane,
            Cell document,
            @Nullable CellStatus status,
            @Nullable Instant reportedAt,
            Instant createdAt,
            Instant updatedAt) {

        Optional<CellStatus.Component> component(String component) {
            return status == null
                    ? Optional.empty()
                    : status.components().stream()
                            .filter(it -> it.name().equals(component))
                            .findFirst();
        }
    }

    record Version(long version, String contentHash, Instant createdAt) {}

    public Optional<Location> locate(UUID projectId, String environment) {
        return find(projectId, environment).map(cell -> new Location(cell.name(), cell.dataPlane()));
    }

    /** What runs of a component in an environment. */
    public Optional<Placed> placed(UUID projectId, String environment, String component) {
        return find(projectId, environment).flatMap(cell -> placed(cell, component));
    }

    /** What runs of a component, in each environment where something does. */
    public List<Placed> everywhere(UUID organizationId, String project, String component) {
        return ofOrganization(organizationId, null, project).stream()
                .flatMap(cell -> placed(cell, component).stream())
                .toList();
    }

    private static Optional<Placed> placed(Known cell, String component) {
        return cell.document().spec().components().stream()
                .filter(it -> it.name().equals(component))
                .findFirst()
                .map(it -> new Placed(
                        new Location(cell.name(), cell.dataPlane()),
                        cell.environment(),
                        it,
                        cell.component(component)));
    }

    /** What a component offers under a name in an environment, and where. */
    public Optional<Offered> offered(UUID projectId, String environment, String component, String endpoint) {
        return find(projectId, environment)
                .flatMap(cell -> cell.document().spec().components().stream()
                        .filter(it -> it.name().equals(component))
                        .flatMap(it -> it.endpoints().stream())
                        .filter(it -> it.name().equals(endpoint))
                        .findFirst()
                        .map(it -> new Offered(new Location(cell.name(), cell.dataPlane()), it)));
    }

    Optional<Known> find(UUID projectId, String environment) {
        return jdbc.sql(SELECT + " and c.project_id = ? and e.name = ?")
                .params(projectId, environment)
                .query(CellDirectory::row)
                .optional();
    }

    Page<Known> ofProject(UUID projectId, PageRequest request) {
        return Listing.of(SELECT)
                .where("project_id = :project", "project", projectId)
                .sort("environment", "environment", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, request, CellDirectory::row);
    }

    List<Known> ofOrganization(UUID organizationId, @Nullable String environment, @Nullable String project) {
        return jdbc.sql(SELECT + """
                 and c.organization_id = :organization
                and (cast(:environment as text) is null or e.name = :environment)
                and (cast(:project as text) is null or p.name = :project)
                order by p.name, e.name""")
                .param("organization", organizationId)
                .param("environment", environment)
                .param("project", project)
                .query(CellDirectory::row)
                .list();
    }

    Page<Version> versions(UUID cellId, PageRequest request) {
        return Listing.of("select *, version::text as id from cell_versions")
                .where("cell_id = :cell", "cell", cellId)
                .textIds()
                .sort("-version", "version", Listing.Type.NUMBER)
                .page(
                        jdbc,
                        request,
                        (row, number) -> new Version(
                                row.getLong("version"),
                                row.getString("content_hash"),
                                Columns.time(row, "created_at")));
    }

    /** Empty when there never was such a version, or when it is not kept any more. */
    Optional<Cell> version(UUID cellId, long version) {
        return jdbc.sql("select document from cell_versions where cell_id = ? and version = ?")
                .params(cellId, version)
                .query(String.class)
                .optional()
                .map(document -> ContractJson.MAPPER.readValue(document, Cell.class));
    }

    private static Known row(ResultSet row, int number) throws SQLException {
        String status = row.getString("status");
        return new Known(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "project_id"),
                row.getString("project"),
                row.getString("environment"),
                row.getString("name"),
                row.getString("data_plane"),
                ContractJson.MAPPER.readValue(row.getString("document"), Cell.class),
                status == null ? null : ContractJson.MAPPER.readValue(status, CellStatus.class),
                Columns.timeOrNull(row, "received_at"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"));
    }
}
