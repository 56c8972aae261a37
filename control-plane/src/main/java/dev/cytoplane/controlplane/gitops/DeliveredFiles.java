package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.page.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/** What of an environment's cells should be in its repository, and what was found there. Callers are in their tenancy. */
@Repository
@Transactional
class DeliveredFiles {

    private static final TypeReference<List<FileDifference>> DIFFERENCES = new TypeReference<>() {};

    private final JdbcClient jdbc;

    DeliveredFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    enum State {
        /** The file is as it is wanted. */
        IN_SYNC,
        /** The file is still to be written, or to be removed. */
        PENDING,
        /** Somebody else changed or removed the file. */
        DRIFTED
    }

    /** A cell in which something runs. */
    record Wanted(UUID projectId, String project, Cell cell) {}

    /**
     * A file as it was found.
     *
     * @param commit the last one that changed it; null when that is too far back, or when there never was a file
     */
    record Found(
            @Nullable String hash,
            @Nullable Long version,
            @Nullable String commit,
            @Nullable String author,
            @Nullable Instant time) {}

    /** What is remembered of a file. */
    record Remembered(
            UUID projectId,
            String project,
            FileStep.Memory memory,
            @Nullable Long writtenVersion,
            @Nullable String writtenCommit,
            State state,
            Found found,
            List<FileDifference> differences) {}

    /**
     * A cell of the environment, its file, and what its data plane says of it.
     *
     * @param cell null when the cell is gone
     * @param file null until it was looked at
     */
    record Listed(
            UUID projectId,
            String project,
            @Nullable String cell,
            @Nullable Long wantedVersion,
            @Nullable Remembered file,
            @Nullable CellStatus status,
            @Nullable Instant reportedAt) {}

    /**
     * Cells without components are no files: an empty cell is no custom resource either. Nor are those that are placed on
     * another data plane than the environment's: a directory is for one cluster.
     */
    @Transactional(readOnly = true)
    public List<Wanted> wanted(UUID environmentId) {
        return jdbc.sql("""
                select c.project_id, p.name as project, c.document from cells c join projects p on p.id = c.project_id
                join environments e on e.id = c.environment_id and e.data_plane = c.data_plane
                where c.environment_id = ? and jsonb_array_length(c.document -> 'spec' -> 'components') > 0
                order by p.name collate "C\"""")
                .param(environmentId)
                .query((row, number) -> new Wanted(
                        Columns.uuid(row, "project_id"),
                        row.getString("project"),
                        ContractJson.MAPPER.readValue(row.getString("document"), Cell.class)))
                .list();
    }

    @Transactional(readOnly = true)
    public List<Remembered> remembered(UUID environmentId) {
        return jdbc.sql("select * from delivered_files where environment_id = ?")
                .param(environmentId)
                .query(DeliveredFiles::remembered)
                .list();
    }

    /** All of them, in no order. */
    @Transactional(readOnly = true)
    public List<Listed> list(UUID environmentId) {
        return jdbc.sql("""
                select coalesce(c.project_id, f.project_id) as listed_project_id,
                    coalesce(c.project, f.project) as listed_project, c.name, c.version, s.status, s.received_at, f.*
                from (
                    select c.*, p.name as project from cells c join projects p on p.id = c.project_id
                    join environments e on e.id = c.environment_id and e.data_plane = c.data_plane
                    where c.environment_id = :environment
                        and jsonb_array_length(c.document -> 'spec' -> 'components') > 0) c
                full join (select * from delivered_files where environment_id = :environment) f
                    on f.project = c.project
                left join cell_statuses s on s.cell_id = c.id""")
                .param("environment", environmentId)
                .query(DeliveredFiles::listed)
                .list();
    }

    /** Who asked for what this version of a cell has: the users' names. */
    @Transactional(readOnly = true)
    public List<String> causes(UUID projectId, UUID environmentId, long after, long version) {
        return jdbc.sql("""
                select created_by from deployments
                where project_id = ? and environment_id = ? and cell_version > ? and cell_version <= ?
                group by created_by order by min(created_at) limit 10""")
                .params(projectId, environmentId, after, version)
                .query(String.class)
                .list();
    }

    /** Before a push: should its end never be known, what it may have written is still known as ours. */
    void pushing(Delivery delivery, UUID projectId, String project, @Nullable String hash) {
        jdbc.sql("""
                insert into delivered_files (organization_id, environment_id, project, project_id, pushing_hash, state)
                values (:organization, :environment, :project, :projectId, :hash, 'PENDING')
                on conflict (environment_id, project) do update set
                    pushing_hash = coalesce(:hash, delivered_files.written_hash, delivered_files.pushing_hash),
                    -- A file that is to go may be gone from here on.
                    written_hash = case when cast(:hash as text) is null then null else delivered_files.written_hash end""")
                .param("organization", delivery.organizationId())
                .param("environment", delivery.environmentId())
                .param("project", project)
                .param("projectId", projectId)
                .param("hash", hash)
                .update();
    }

    /** What a look found or wrote. */
    void store(Delivery delivery, Remembered file) {
        Found found = file.found();
        jdbc.sql("""
                insert into delivered_files (organization_id, environment_id, project, project_id, written_hash,
                    pushing_hash, heal_hash, written_version, written_commit, state, found_hash, found_version,
                    found_commit, found_author, found_at, differences)
                values (:organization, :environment, :project, :projectId, :written, :pushing, :heal, :writtenVersion,
                    :writtenCommit, :state, :hash, :version, :commit, :author, :time, cast(:differences as jsonb))
                on conflict (environment_id, project) do update set project_id = excluded.project_id,
                    written_hash = excluded.written_hash, pushing_hash = excluded.pushing_hash,
                    -- Asked for during the look: the next one heeds it.
                    heal_hash = case when excluded.state = 'DRIFTED' then delivered_files.heal_hash end,
                    written_version = excluded.written_version, written_commit = excluded.written_commit,
                    state = excluded.state, found_hash = excluded.found_hash, found_version = excluded.found_version,
                    found_commit = excluded.found_commit, found_author = excluded.found_author,
                    found_at = excluded.found_at, differences = excluded.differences""")
                .param("organization", delivery.organizationId())
                .param("environment", delivery.environmentId())
                .param("project", file.project())
                .param("projectId", file.projectId())
                .param("written", file.memory().written())
                .param("pushing", file.memory().pushing())
                .param("heal", file.memory().heal())
                .param("writtenVersion", file.writtenVersion())
                .param("writtenCommit", file.writtenCommit())
                .param("state", file.state().name())
                .param("hash", found.hash())
                .param("version", found.version())
                .param("commit", found.commit())
                .param("author", found.author())
                .param("time", found.time() == null ? null : OffsetDateTime.ofInstant(found.time(), ZoneOffset.UTC))
                .param("differences", ContractJson.MAPPER.writeValueAsString(file.differences()))
                .update();
    }

    void forget(Delivery delivery, String project) {
        jdbc.sql("delete from delivered_files where environment_id = ? and project = ?")
                .params(delivery.environmentId(), project)
                .update();
    }

    /** Allows what is there now, and nothing that comes after it, to be written over. */
    boolean allowHealing(UUID environmentId, String project) {
        return jdbc.sql("""
                update delivered_files set heal_hash = coalesce(found_hash, ?)
                where environment_id = ? and project = ? and state = 'DRIFTED'""").params(FileStep.NONE, environmentId, project).update() == 1;
    }

    private static Listed listed(ResultSet row, int number) throws SQLException {
        String status = row.getString("status");
        return new Listed(
                Columns.uuid(row, "listed_project_id"),
                row.getString("listed_project"),
                row.getString("name"),
                row.getObject("version", Long.class),
                row.getString("state") == null ? null : remembered(row, number),
                Optional.ofNullable(status)
                        .map(it -> ContractJson.MAPPER.readValue(it, CellStatus.class))
                        .orElse(null),
                Columns.timeOrNull(row, "received_at"));
    }

    private static Remembered remembered(ResultSet row, int number) throws SQLException {
        return new Remembered(
                Columns.uuid(row, "project_id"),
                row.getString("project"),
                new FileStep.Memory(
                        row.getString("written_hash"), row.getString("pushing_hash"), row.getString("heal_hash")),
                row.getObject("written_version", Long.class),
                row.getString("written_commit"),
                State.valueOf(row.getString("state")),
                new Found(
                        row.getString("found_hash"),
                        row.getObject("found_version", Long.class),
                        row.getString("found_commit"),
                        row.getString("found_author"),
                        Columns.timeOrNull(row, "found_at")),
                ContractJson.MAPPER.readValue(row.getString("differences"), DIFFERENCES));
    }
}
