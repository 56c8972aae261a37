package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.cell.CellInput;
import dev.cytoplane.controlplane.cell.CellRef;
import dev.cytoplane.controlplane.cell.OperationRow;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/** The rows of deployments. */
@Repository
class DeploymentStore {

    private static final String SELECT =
            "select d.*, e.name as environment from deployments d join environments e on e.id = d.environment_id";
    private static final TypeReference<List<String>> URLS = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, String>> VALUES = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, Long>> VERSIONS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Outbox outbox;

    DeploymentStore(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /** What it was made with. */
    record Settings(Map<String, String> configuration, Map<String, Long> secretVersions) {}

    /** @param desired whether this is what the environment should be like from now on */
    record Draft(
            ComponentScope scope,
            UUID environmentId,
            String release,
            Deployment.Kind kind,
            DeploymentStatus status,
            String message,
            Settings settings,
            CellInput.Operation operation,
            boolean desired,
            @Nullable UUID previous,
            String createdBy,
            Instant deadline) {}

    UUID insert(Draft draft) {
        UUID id = Ids.next();
        Optional<Cell.Autoscaling> load = Optional.ofNullable(draft.operation().autoscaling());
        jdbc.sql("""
                insert into deployments (id, organization_id, project_id, component_id, environment_id, release_id, kind,
                    status, message, configuration, secret_versions, replicas, min_instances, max_instances,
                    cpu_percent, memory_percent, restart, desired, previous, created_by, deadline)
                values (:id, :organization, :project, :component, :environment, :release, :kind, :status, :message,
                    cast(:configuration as jsonb), cast(:secrets as jsonb), :replicas, :minInstances, :maxInstances,
                    :cpuPercent, :memoryPercent, :restart, :desired, :previous, :createdBy, :deadline)""")
                .param("id", id)
                .param("organization", draft.scope().organizationId())
                .param("project", draft.scope().projectId())
                .param("component", draft.scope().componentId())
                .param("environment", draft.environmentId())
                .param("release", draft.release())
                .param("kind", draft.kind().name())
                .param("status", draft.status().name())
                .param("message", draft.message())
                .param(
                        "configuration",
                        ContractJson.MAPPER.writeValueAsString(draft.settings().configuration()))
                .param(
                        "secrets",
                        ContractJson.MAPPER.writeValueAsString(draft.settings().secretVersions()))
                .param("replicas", draft.operation().replicas())
                .param("minInstances", load.map(Cell.Autoscaling::minInstances).orElse(null))
                .param("maxInstances", load.map(Cell.Autoscaling::maxInstances).orElse(null))
                .param("cpuPercent", load.map(Cell.Autoscaling::cpuPercent).orElse(null))
                .param(
                        "memoryPercent",
                        load.map(Cell.Autoscaling::memoryPercent).orElse(null))
                .param("restart", draft.operation().restart())
                .param("desired", draft.desired())
                .param("previous", draft.previous())
                .param("createdBy", draft.createdBy())
                .param("deadline", OffsetDateTime.ofInstant(draft.deadline(), ZoneOffset.UTC))
                .update();
        return id;
    }

    /**
     * Moves a deployment on and publishes {@code deployment.status}. Does nothing when that state cannot follow the one
     * it is in, or when nothing would change.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(Deployment deployment, DeploymentStatus to, String message, List<String> urls) {
        boolean same = deployment.status() == to;
        if (same
                ? deployment.message().equals(message) && deployment.urls().equals(urls)
                : !deployment.status().canBecome(to)) {
            return;
        }
        int moved = jdbc.sql("""
                update deployments set status = :status, was_live = was_live or :status = 'LIVE', message = :message,
                    urls = cast(:urls as jsonb), version = version + 1, updated_at = clock_timestamp()
                where id = :id and version = :version""")
                .param("status", to.name())
                .param("message", message)
                .param("urls", ContractJson.MAPPER.writeValueAsString(urls))
                .param("id", deployment.id())
                .param("version", deployment.version())
                .update();
        if (moved == 1) {
            announce(deployment.id(), "deployment.status");
        }
    }

    void announce(UUID id, String type) {
        jdbc.sql("""
                select d.*, e.name as environment, o.name || '/' || p.name || '/' || c.name as path
                from deployments d join environments e on e.id = d.environment_id
                join components c on c.id = d.component_id join projects p on p.id = d.project_id
                join organizations o on o.id = d.organization_id where d.id = ?""")
                .param(id)
                .query((row, number) -> {
                    outbox.publish(
                            row.getObject("organization_id", UUID.class),
                            type,
                            row.getString("path"),
                            Map.of(
                                    "id", id,
                                    "projectId", row.getObject("project_id", UUID.class),
                                    "componentId", row.getObject("component_id", UUID.class),
                                    "environmentId", row.getObject("environment_id", UUID.class),
                                    "environment", row.getString("environment"),
                                    "release", row.getString("release_id"),
                                    "kind", row.getString("kind"),
                                    "status", row.getString("status"),
                                    "message", row.getString("message"),
                                    "version", row.getLong("version")));
                    return id;
                })
                .single();
    }

    void setDesired(UUID id, boolean desired) {
        jdbc.sql("update deployments set desired = ? where id = ?")
                .params(desired, id)
                .update();
    }

    Optional<Deployment> find(UUID id) {
        return jdbc.sql(SELECT + " where d.id = ?")
                .param(id)
                .query(DeploymentStore::row)
                .optional();
    }

    Optional<Deployment> desired(UUID componentId, UUID environmentId) {
        return jdbc.sql(SELECT + " where d.component_id = ? and d.environment_id = ? and d.desired")
                .params(componentId, environmentId)
                .query(DeploymentStore::row)
                .optional();
    }

    Optional<Deployment> live(UUID componentId, UUID environmentId) {
        return jdbc.sql(SELECT + " where d.component_id = ? and d.environment_id = ? and d.status = 'LIVE'")
                .params(componentId, environmentId)
                .query(DeploymentStore::row)
                .optional();
    }

    Optional<Deployment> builtBy(UUID build) {
        return jdbc.sql(SELECT + " where d.id = (select deployment_id from built_deployments where build_id = ?)")
                .param(build)
                .query(DeploymentStore::row)
                .optional();
    }

    void rememberBuilt(UUID organizationId, UUID build, UUID deployment) {
        jdbc.sql("insert into built_deployments (build_id, organization_id, deployment_id) values (?, ?, ?)")
                .params(build, organizationId, deployment)
                .update();
    }

    /** What served before the one that is desired now: the newest of another content that once was live. */
    Optional<Deployment> lastGoodBefore(Deployment current) {
        return jdbc.sql(SELECT + """
                 where d.component_id = ? and d.environment_id = ? and d.id < ? and d.status in ('SUPERSEDED', 'LIVE')
                and d.kind <> 'UNDEPLOY' and d.was_live and (d.release_id, d.configuration) <>
                    (select c.release_id, c.configuration from deployments c where c.id = ?)
                order by d.id desc limit 1""")
                .params(current.componentId(), current.environmentId(), current.id(), current.id())
                .query(DeploymentStore::row)
                .optional();
    }

    Settings settings(UUID id) {
        return jdbc.sql("select configuration, secret_versions from deployments where id = ?")
                .param(id)
                .query((row, number) -> new Settings(
                        ContractJson.MAPPER.readValue(row.getString("configuration"), VALUES),
                        ContractJson.MAPPER.readValue(row.getString("secret_versions"), VERSIONS)))
                .single();
    }

    CellInput.Operation operation(UUID id) {
        return jdbc.sql("""
                select replicas, min_instances, max_instances, cpu_percent, memory_percent, restart
                from deployments where id = ?""")
                .param(id)
                .query((row, number) -> OperationRow.of(row))
                .single();
    }

    Page<Deployment> list(
            UUID componentId, @Nullable String environment, @Nullable DeploymentStatus status, PageRequest request) {
        return Listing.of(SELECT)
                .where("component_id = :component", "component", componentId)
                .filter("environment = :environment", "environment", environment)
                .filter("status = :status", "status", status == null ? null : status.name())
                .sort("-createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, request, DeploymentStore::row);
    }

    /** Those of a cell that are desired, with the names of their components. */
    Map<Deployment, String> desiredIn(CellRef cell) {
        Map<Deployment, String> found = new LinkedHashMap<>();
        jdbc.sql("""
                select d.*, e.name as environment, c.name as component
                from deployments d join environments e on e.id = d.environment_id
                join components c on c.id = d.component_id
                where d.project_id = ? and d.environment_id = ? and d.desired order by d.id""")
                .params(cell.projectId(), cell.environmentId())
                .query((row, number) -> found.put(row(row, number), row.getString("component")))
                .list();
        return found;
    }

    void compiled(CellRef cell, long version) {
        jdbc.sql("""
                update deployments set cell_version = ?, version = version + 1
                where project_id = ? and environment_id = ? and desired and cell_version is null""").params(version, cell.projectId(), cell.environmentId()).update();
    }

    private static Deployment row(ResultSet row, int number) throws SQLException {
        CellInput.Operation operation = OperationRow.of(row);
        return new Deployment(
                row.getObject("id", UUID.class),
                row.getObject("component_id", UUID.class),
                row.getObject("environment_id", UUID.class),
                row.getString("environment"),
                row.getString("release_id"),
                Deployment.Kind.valueOf(row.getString("kind")),
                DeploymentStatus.valueOf(row.getString("status")),
                row.getString("message"),
                row.getObject("cell_version", Long.class),
                ContractJson.MAPPER.readValue(row.getString("urls"), URLS),
                operation.replicas(),
                operation.autoscaling(),
                row.getObject("previous", UUID.class),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
