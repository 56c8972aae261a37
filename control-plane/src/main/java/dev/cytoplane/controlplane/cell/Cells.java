package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.id.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of cells. */
@Repository
class Cells {

    /** Of each cell, the newest. */
    static final int KEPT_VERSIONS = 20;

    private final JdbcClient jdbc;
    private final CellChanges changes;

    Cells(JdbcClient jdbc, CellChanges changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /** @param document null when it is gone */
    record Stored(
            UUID id,
            CellRef ref,
            String name,
            String dataPlane,
            long version,
            String contentHash,
            @Nullable Cell document) {}

    Optional<Stored> find(CellRef cell) {
        return jdbc.sql("select * from cells where project_id = ? and environment_id = ?")
                .params(cell.projectId(), cell.environmentId())
                .query(Cells::row)
                .optional();
    }

    Optional<Stored> find(String name) {
        return jdbc.sql("select * from cells where name = ?")
                .param(name)
                .query(Cells::row)
                .optional();
    }

    /** Every project and environment in which something is or should be. */
    List<CellRef> all(UUID organization) {
        return jdbc.sql("""
                select project_id, environment_id from cells where organization_id = :organization and document is not null
                union
                select project_id, environment_id from deployments where organization_id = :organization and desired""")
                .param("organization", organization)
                .query((row, number) ->
                        new CellRef(organization, row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .list();
    }

    /** Stores a new version; the first is 1, also of a cell that was gone in between the next. */
    void store(CellRef ref, String dataPlane, Cell cell) {
        String document = ContractJson.MAPPER.writeValueAsString(cell);
        Cell.Metadata metadata = cell.metadata();
        UUID id = jdbc.sql("""
                insert into cells (id, organization_id, project_id, environment_id, name, data_plane, version,
                    content_hash, revision, document)
                values (:id, :organization, :project, :environment, :name, :dataPlane, :version, :hash, :revision,
                    cast(:document as jsonb))
                on conflict (project_id, environment_id) do update set name = excluded.name,
                    data_plane = excluded.data_plane, version = excluded.version, content_hash = excluded.content_hash,
                    revision = excluded.revision, document = excluded.document, updated_at = now()
                returning id""")
                .param("id", Ids.next())
                .param("organization", ref.organizationId())
                .param("project", ref.projectId())
                .param("environment", ref.environmentId())
                .param("name", metadata.name())
                .param("dataPlane", dataPlane)
                .param("version", metadata.version())
                .param("hash", metadata.contentHash())
                .param("revision", changes.nextRevision(dataPlane))
                .param("document", document)
                .query(UUID.class)
                .single();
        jdbc.sql("""
                insert into cell_versions (organization_id, cell_id, version, content_hash, document)
                values (?, ?, ?, ?, cast(? as jsonb))""")
                .params(ref.organizationId(), id, metadata.version(), metadata.contentHash(), document)
                .update();
        jdbc.sql("delete from cell_versions where cell_id = ? and version <= ?")
                .params(id, metadata.version() - KEPT_VERSIONS)
                .update();
    }

    /** The same version, to be brought another way; watchers hear so. */
    void deliverAnew(Stored cell, Cell document) {
        jdbc.sql("""
                update cells set document = cast(? as jsonb), revision = ?, updated_at = now() where id = ?""")
                .params(
                        ContractJson.MAPPER.writeValueAsString(document),
                        changes.nextRevision(cell.dataPlane()),
                        cell.id())
                .update();
    }

    /** It is gone; watchers hear so. Its versions and their count stay. */
    void bury(Stored cell) {
        jdbc.sql("update cells set document = null, revision = ?, updated_at = now() where id = ?")
                .params(changes.nextRevision(cell.dataPlane()), cell.id())
                .update();
        jdbc.sql("delete from cell_statuses where cell_id = ?").param(cell.id()).update();
        jdbc.sql("delete from cell_traffic where cell_id = ?").param(cell.id()).update();
    }

    private static Stored row(ResultSet row, int number) throws SQLException {
        String document = row.getString("document");
        return new Stored(
                row.getObject("id", UUID.class),
                new CellRef(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("project_id", UUID.class),
                        row.getObject("environment_id", UUID.class)),
                row.getString("name"),
                row.getString("data_plane"),
                row.getLong("version"),
                row.getString("content_hash"),
                document == null ? null : ContractJson.MAPPER.readValue(document, Cell.class));
    }
}
