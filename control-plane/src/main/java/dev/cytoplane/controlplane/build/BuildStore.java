package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of builds, for requests and for the run that holds the lease. Callers bring the transaction. */
@Repository
class BuildStore {

    private static final TypeReference<List<Stage>> STAGES = new TypeReference<>() {};
    private static final String TOUCHED = "updated_at = clock_timestamp(), version = version + 1";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    BuildStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(Build build) {
        jdbc.sql("""
                insert into builds (id, organization_id, component_id, status, commit_id, branch, trigger, force,
                    stages, created_by)
                values (?, ?, ?, 'QUEUED', ?, ?, ?, ?, cast(? as jsonb), ?)""")
                .param(build.id())
                .param(build.organizationId())
                .param(build.componentId())
                .param(build.commit())
                .param(build.branch())
                .param(build.trigger().name())
                .param(build.force())
                .param(json.writeValueAsString(build.stages()))
                .param(build.createdBy())
                .update();
    }

    Optional<Build> find(UUID id) {
        return jdbc.sql("select * from builds where id = ?")
                .param(id)
                .query(this::row)
                .optional();
    }

    Optional<Build> find(UUID componentId, UUID id) {
        return find(id).filter(build -> build.componentId().equals(componentId));
    }

    boolean exists(UUID componentId, String commit) {
        return jdbc.sql("select exists (select from builds where component_id = ? and commit_id = ?)")
                .params(componentId, commit)
                .query(Boolean.class)
                .single();
    }

    Page<Build> list(
            UUID componentId,
            @Nullable BuildStatus status,
            @Nullable String commit,
            @Nullable String branch,
            PageRequest page) {
        return Listing.of("select * from builds")
                .where("component_id = :component", "component", componentId)
                .filter("status = :status", "status", status == null ? null : status.name())
                .filter("commit_id = :commit", "commit", commit)
                .filter("branch = :branch", "branch", branch)
                .sort("-createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, this::row);
    }

    /** Ends a waiting build at once, or tells the run of a running one; false when it is over already. */
    boolean requestCancel(UUID id) {
        return jdbc.sql("""
                update builds set cancel_requested = true,
                    status = case status when 'QUEUED' then 'CANCELLED' else status end,
                    finished_at = case status when 'QUEUED' then clock_timestamp() end,
                """ + TOUCHED + " where id = ? and status in ('QUEUED', 'RUNNING')")
                        .param(id)
                        .update()
                == 1;
    }

    boolean isCancelRequested(UUID id) {
        return jdbc.sql("select cancel_requested from builds where id = ?")
                .param(id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** What the run found out so far. False when the lease is lost. */
    boolean progress(Lease lease, @Nullable String commit, @Nullable String builder, List<Stage> stages) {
        return jdbc.sql("update builds set commit_id = coalesce(?, commit_id), builder = coalesce(?, builder),"
                                + " stages = cast(? as jsonb), " + TOUCHED + Lease.CONDITION)
                        .param(commit)
                        .param(builder)
                        .param(json.writeValueAsString(stages))
                        .param(lease.build())
                        .param(lease.owner())
                        .param(lease.attempt())
                        .update()
                == 1;
    }

    /** The end of a run. False when the lease is lost. */
    boolean finish(
            Lease lease, BuildStatus status, List<Stage> stages, @Nullable String error, @Nullable String release) {
        return jdbc.sql("update builds set status = ?, stages = cast(? as jsonb), error = ?, release_id = ?,"
                                + " lease_owner = null, lease_until = null, finished_at = clock_timestamp(), " + TOUCHED
                                + Lease.CONDITION)
                        .param(status.name())
                        .param(json.writeValueAsString(stages))
                        .param(error)
                        .param(release)
                        .param(lease.build())
                        .param(lease.owner())
                        .param(lease.attempt())
                        .update()
                == 1;
    }

    /** Gives a run's build back to the queue, to be tried once more. */
    boolean requeue(Lease lease) {
        return jdbc.sql("update builds set status = 'QUEUED', lease_owner = null, lease_until = null, " + TOUCHED
                                + Lease.CONDITION)
                        .params(lease.build(), lease.owner(), lease.attempt())
                        .update()
                == 1;
    }

    /** Gives a run's build back to the queue, as if it had not begun. */
    boolean release(Lease lease) {
        return jdbc.sql("update builds set status = 'QUEUED', attempt = attempt - 1, lease_owner = null,"
                                + " lease_until = null, " + TOUCHED + Lease.CONDITION)
                        .param(lease.build())
                        .param(lease.owner())
                        .param(lease.attempt())
                        .update()
                == 1;
    }

    Build row(ResultSet row, int number) throws SQLException {
        return new Build(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("component_id", UUID.class),
                BuildStatus.valueOf(row.getString("status")),
                row.getString("commit_id"),
                row.getString("branch"),
                Trigger.valueOf(row.getString("trigger")),
                row.getBoolean("force"),
                row.getString("builder"),
                row.getInt("attempt"),
                json.readValue(row.getString("stages"), STAGES),
                row.getString("error"),
                row.getString("release_id"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
