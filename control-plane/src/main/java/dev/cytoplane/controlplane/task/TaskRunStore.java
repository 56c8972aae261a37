package dev.cytoplane.controlplane.task;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.cell.CellRef;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The rows of runs. Each change of one is published as {@code run.status}. */
@Repository
class TaskRunStore {

    /** Of one component in one environment; the oldest that have ended go. */
    private static final int KEPT = 200;

    private static final TypeReference<List<String>> ARGUMENTS = new TypeReference<>() {};
    private static final String SELECT =
            "select r.*, e.name as environment from task_runs r join environments e on e.id = r.environment_id";

    private final JdbcClient jdbc;
    private final Outbox outbox;

    TaskRunStore(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /** What a data plane is to be told again, with where it is. */
    record Order(UUID run, String dataPlane, String cell, String component, List<String> arguments, boolean cancel) {}

    void order(UUID id, ComponentScope scope, UUID environmentId, List<String> arguments, String by, String message) {
        jdbc.sql("""
                insert into task_runs (id, organization_id, project_id, component_id, environment_id, status, message,
                    arguments, requested_by)
                values (?, ?, ?, ?, ?, 'PENDING', ?, cast(? as jsonb), ?)""")
                .params(
                        id,
                        scope.organizationId(),
                        scope.projectId(),
                        scope.componentId(),
                        environmentId,
                        message,
                        ContractJson.MAPPER.writeValueAsString(arguments),
                        by)
                .update();
        prune(scope.componentId(), environmentId);
        announce(id);
    }

    Optional<TaskRun> find(UUID id) {
        return jdbc.sql(SELECT + " where r.id = ?")
                .param(id)
                .query(TaskRunStore::row)
                .optional();
    }

    Optional<TaskRun> lock(UUID id) {
        return jdbc.sql(SELECT + " where r.id = ? for update of r")
                .param(id)
                .query(TaskRunStore::row)
                .optional();
    }

    int underWay(UUID componentId, UUID environmentId) {
        return jdbc.sql(
                        "select count(*) from task_runs where component_id = ? and environment_id = ? and ended_at is null")
                .params(componentId, environmentId)
                .query(Integer.class)
                .single();
    }

    Page<TaskRun> list(
            UUID componentId, @Nullable String environment, TaskRun.@Nullable Status status, PageRequest request) {
        return Listing.of(SELECT)
                .where("component_id = :component", "component", componentId)
                .filter("environment = :environment", "environment", environment)
                .filter("status = :status", "status", status == null ? null : status.name())
                .sort("-createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, request, TaskRunStore::row);
    }

    void requestCancellation(UUID id) {
        jdbc.sql(
                        "update task_runs set cancel_requested = true, message = 'It is being cancelled.', version = version + 1 where id = ? and ended_at is null")
                .param(id)
                .update();
        announce(id);
    }

    /** Those of a cell that have not ended and that its data plane knows. */
    List<TaskRun> takenUp(CellRef cell) {
        return jdbc.sql(
                        SELECT
                                + " where r.project_id = ? and r.environment_id = ? and r.ended_at is null and r.taken_up for update of r")
                .params(cell.projectId(), cell.environmentId())
                .query(TaskRunStore::row)
                .list();
    }

    /** The given runs that have ended: nothing that is said of them counts any more. */
    Set<UUID> ended(CellRef cell, Set<UUID> ids) {
        return Set.copyOf(jdbc.sql("""
                select id from task_runs where project_id = :project and environment_id = :environment
                and ended_at is not null and id in (:ids)""")
                .param("project", cell.projectId())
                .param("environment", cell.environmentId())
                .param("ids", ids)
                .query(UUID.class)
                .list());
    }

    Optional<UUID> component(UUID projectId, String name) {
        return jdbc.sql("select id from components where project_id = ? and name = ?")
                .params(projectId, name)
                .query(UUID.class)
                .optional();
    }

    /** Takes in what a data plane says of a run of this cell; a run of another place is left alone. */
    void reported(CellRef cell, UUID componentId, CellStatus.Run run) {
        TaskRun.Status status = status(run.phase());
        Instant ended = status.hasEnded() ? Optional.ofNullable(run.endedAt()).orElseGet(Instant::now) : null;
        int changed = jdbc.sql("""
                insert into task_runs as r (id, organization_id, project_id, component_id, environment_id, release_id,
                    status, message, scheduled_for, instance, attempts, exit_code, requested_by, taken_up, created_at,
                    started_at, ended_at)
                select :id, :organization, :project, :component, :environment, :release, :status, :message,
                    :scheduledFor, :instance, :attempts, :exitCode, 'schedule', true,
                    coalesce(cast(:scheduledFor as timestamptz), now()), :startedAt, :endedAt
                on conflict (id) do update set release_id = excluded.release_id, status = excluded.status,
                    message = excluded.message, instance = excluded.instance, attempts = excluded.attempts,
                    exit_code = excluded.exit_code, taken_up = true, started_at = excluded.started_at,
                    ended_at = excluded.ended_at, version = r.version + 1
                where r.component_id = excluded.component_id and r.environment_id = excluded.environment_id
                    and r.ended_at is null
                    and (r.release_id, r.status, r.message, r.instance, r.attempts, r.exit_code, r.taken_up,
                        r.started_at, r.ended_at)
                    is distinct from (excluded.release_id, excluded.status, excluded.message, excluded.instance,
                        excluded.attempts, excluded.exit_code, true, excluded.started_at, excluded.ended_at)""")
                .param("id", run.id())
                .param("organization", cell.organizationId())
                .param("project", cell.projectId())
                .param("component", componentId)
                .param("environment", cell.environmentId())
                .param("release", run.release())
                .param("status", status.name())
                .param("message", run.message())
                .param("scheduledFor", at(run.scheduledFor()))
                .param("instance", run.instance())
                .param("attempts", run.attempts())
                .param("exitCode", run.exitCode())
                .param("startedAt", at(run.startedAt()))
                .param("endedAt", at(ended))
                .update();
        if (changed == 1) {
            prune(componentId, cell.environmentId());
            announce(run.id());
        }
    }

    void end(UUID id, TaskRun.Status status, String message) {
        int changed = jdbc.sql("""
                update task_runs set status = ?, message = ?, ended_at = now(), version = version + 1
                where id = ? and ended_at is null""").params(status.name(), message, id).update();
        if (changed == 1) {
            announce(id);
        }
    }

    /** Those for these data planes, the oldest first, at most so many. */
    List<Order> orders(Set<String> dataPlanes, int most) {
        if (dataPlanes.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                select r.id, c.data_plane, c.name as cell, k.name as component, r.arguments, r.cancel_requested
                from task_runs r join components k on k.id = r.component_id
                join cells c on c.project_id = r.project_id and c.environment_id = r.environment_id
                where r.ended_at is null and (not r.taken_up or r.cancel_requested) and c.document is not null
                and c.data_plane in (:dataPlanes) order by r.created_at limit :most""")
                .param("dataPlanes", dataPlanes)
                .param("most", most)
                .query((row, number) -> new Order(
                        row.getObject("id", UUID.class),
                        row.getString("data_plane"),
                        row.getString("cell"),
                        row.getString("component"),
                        ContractJson.MAPPER.readValue(row.getString("arguments"), ARGUMENTS),
                        row.getBoolean("cancel_requested")))
                .list();
    }

    /** What no data plane has taken up for so long. */
    List<TaskRun> forgotten(Duration patience, int most) {
        return jdbc.sql(
                        SELECT
                                + " where r.ended_at is null and not r.taken_up and r.created_at < now() - make_interval(secs => ?) order by r.created_at limit ? for update of r skip locked")
                .params(patience.toSeconds(), most)
                .query(TaskRunStore::row)
                .list();
    }

    private void prune(UUID componentId, UUID environmentId) {
        jdbc.sql("""
                delete from task_runs where id in (
                    select id from task_runs where component_id = ? and environment_id = ? and ended_at is not null
                    order by created_at desc, id desc offset ?)""").params(componentId, environmentId, KEPT).update();
    }

    private void announce(UUID id) {
        jdbc.sql("""
                select r.*, e.name as environment, o.name || '/' || p.name || '/' || c.name as path
                from task_runs r join environments e on e.id = r.environment_id
                join components c on c.id = r.component_id join projects p on p.id = r.project_id
                join organizations o on o.id = r.organization_id where r.id = ?""")
                .param(id)
                .query((row, number) -> {
                    Map<String, Object> data = new LinkedHashMap<>();
                    data.put("id", id);
                    data.put("projectId", row.getObject("project_id", UUID.class));
                    data.put("componentId", row.getObject("component_id", UUID.class));
                    data.put("environment", row.getString("environment"));
                    data.put("status", row.getString("status"));
                    data.put("message", row.getString("message"));
                    data.put("scheduled", row.getObject("scheduled_for") != null);
                    data.put("version", row.getLong("version"));
                    outbox.publish(
                            row.getObject("organization_id", UUID.class), "run.status", row.getString("path"), data);
                    return id;
                })
                .optional();
    }

    private static TaskRun.Status status(CellStatus.RunPhase phase) {
        return switch (phase) {
            case WAITING -> TaskRun.Status.PENDING;
            case RUNNING -> TaskRun.Status.RUNNING;
            case SUCCEEDED -> TaskRun.Status.SUCCEEDED;
            case FAILED -> TaskRun.Status.FAILED;
            case CANCELLED -> TaskRun.Status.CANCELLED;
        };
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant time) {
        return time == null ? null : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private static TaskRun row(ResultSet row, int number) throws SQLException {
        return new TaskRun(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "component_id"),
                Columns.uuid(row, "environment_id"),
                row.getString("environment"),
                row.getString("release_id"),
                TaskRun.Status.valueOf(row.getString("status")),
                row.getString("message"),
                ContractJson.MAPPER.readValue(row.getString("arguments"), ARGUMENTS),
                Columns.timeOrNull(row, "scheduled_for"),
                row.getString("instance"),
                row.getInt("attempts"),
                row.getObject("exit_code", Integer.class),
                row.getString("requested_by"),
                row.getBoolean("cancel_requested"),
                Columns.time(row, "created_at"),
                Columns.timeOrNull(row, "started_at"),
                Columns.timeOrNull(row, "ended_at"),
                row.getLong("version"));
    }
}
