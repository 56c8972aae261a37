package dev.cytoplane.controlplane.environment;

import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The environments of organizations. */
@Repository
@Transactional
public class Environments {

    /** What the launcher calls the data plane of the machine it runs on. */
    public static final String LOCAL = "local";

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Outbox outbox;
    private final ObjectProvider<DataPlanes> dataPlanes;

    Environments(JdbcClient jdbc, Audit audit, Outbox outbox, ObjectProvider<DataPlanes> dataPlanes) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.outbox = outbox;
        this.dataPlanes = dataPlanes;
    }

    public Environment create(OrganizationScope owner, String name, String dataPlane, boolean production) {
        DataPlanes known = dataPlanes.getIfAvailable();
        if (known != null && !known.exists(dataPlane)) {
            throw Problem.invalid("dataPlane", "there is no data plane " + dataPlane);
        }
        return insert(owner, name, dataPlane, production);
    }

    /**
     * On the data plane {@code local}, or the only one. Before any is registered it is {@code local} too: the cells wait
     * until that one joins.
     */
    public Environment createOnDefaultDataPlane(OrganizationScope owner, String name, boolean production) {
        String dataPlane = Optional.ofNullable(dataPlanes.getIfAvailable())
                .flatMap(DataPlanes::defaultDataPlane)
                .orElse(LOCAL);
        return insert(owner, name, dataPlane, production);
    }

    private Environment insert(OrganizationScope owner, String name, String dataPlane, boolean production) {
        try {
            Environment created = jdbc.sql("""
                    insert into environments (id, organization_id, name, data_plane, production)
                    values (?, ?, ?, ?, ?) returning *""")
                    .params(Ids.next(), owner.organizationId(), name, dataPlane, production)
                    .query(Environments::row)
                    .single();
            written(owner, "environment.created", name, Map.of("dataPlane", dataPlane, "production", production));
            return created;
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("already-exists", "There is an environment " + name + " already.");
        }
    }

    @Transactional(readOnly = true)
    public Page<Environment> list(OrganizationScope owner, @Nullable String dataPlane, PageRequest page) {
        return Listing.of("select * from environments")
                .where("organization_id = :organization", "organization", owner.organizationId())
                .filter("data_plane = :dataPlane", "dataPlane", dataPlane)
                .sort("name", "name", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, Environments::row);
    }

    /** @throws Problem not found */
    @Transactional(readOnly = true)
    public Environment get(UUID organizationId, String name) {
        return find(organizationId, name).orElseThrow(() -> Problem.notFound("environment", name));
    }

    @Transactional(readOnly = true)
    public Optional<Environment> find(UUID organizationId, String name) {
        if (!Names.valid(name)) {
            return Optional.empty();
        }
        return jdbc.sql("select * from environments where organization_id = ? and name = ?")
                .params(organizationId, name)
                .query(Environments::row)
                .optional();
    }

    Environment change(OrganizationScope owner, Environment current, boolean production) {
        Environment changed = jdbc.sql("""
                update environments set production = ?, version = version + 1, updated_at = now()
                where id = ? and version = ? returning *""")
                .params(production, current.id(), current.version())
                .query(Environments::row)
                .optional()
                .orElseThrow(() -> Versions.stale(current.version() + 1));
        written(owner, "environment.changed", current.name(), Map.of("production", production));
        return changed;
    }

    void delete(OrganizationScope owner, Environment environment) {
        String pipelines = jdbc.sql("""
                select string_agg(p.name, ', ' order by p.name) from pipelines p
                join pipeline_stages s on s.pipeline_id = p.id where s.environment_id = ?""")
                .param(environment.id())
                .query(String.class)
                .optional()
                .orElse(null);
        if (pipelines != null) {
            throw Problem.conflict("not-empty", "Take it out of these pipelines first: " + pipelines + ".");
        }
        String deployed = jdbc.sql("""
                select string_agg(distinct p.name || '/' || c.name, ', ') from deployments d
                join components c on c.id = d.component_id join projects p on p.id = d.project_id
                where d.environment_id = ?""")
                .param(environment.id())
                .query(String.class)
                .optional()
                .orElse(null);
        if (deployed != null) {
            throw Problem.conflict(
                    "not-empty",
                    "Components were deployed to it, and their history belongs to it: undeploy and delete them first: "
                            + deployed + ".");
        }
        try {
            jdbc.sql("delete from environments where id = ?")
                    .param(environment.id())
                    .update();
        } catch (DataIntegrityViolationException e) {
            throw Problem.conflict(
                    "not-empty", "Something was deployed to it meanwhile: undeploy and delete that first.");
        }
        written(owner, "environment.deleted", environment.name(), Map.of());
    }

    private void written(OrganizationScope owner, String action, String name, Map<String, ?> details) {
        String path = owner.path() + "/environments/" + name;
        audit.record(owner.organizationId(), action, path, details);
        outbox.publish(owner.organizationId(), action, path, details);
    }

    private static Environment row(ResultSet row, int number) throws SQLException {
        return new Environment(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("data_plane"),
                row.getBoolean("production"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
