package dev.cytoplane.controlplane.organization;

import dev.cytoplane.controlplane.access.Caller;
import dev.cytoplane.controlplane.access.Members;
import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.environment.Environments;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.pipeline.Pipeline;
import dev.cytoplane.controlplane.pipeline.Pipelines;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tenants of the platform. */
@Repository
@Transactional
class Organizations {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Members members;
    private final Environments environments;
    private final Pipelines pipelines;
    private final Audit audit;
    private final Outbox outbox;

    Organizations(
            JdbcClient jdbc,
            Tenancy tenancy,
            Members members,
            Environments environments,
            Pipelines pipelines,
            Audit audit,
            Outbox outbox) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.members = members;
        this.environments = environments;
        this.pipelines = pipelines;
        this.audit = audit;
        this.outbox = outbox;
    }

    /** With the creator as its owner, three environments, and a pipeline through them: enough to deploy at once. */
    Organization create(Caller creator, String name, String displayName) {
        var scope = new OrganizationScope(Ids.next(), name);
        return tenancy.in(scope.organizationId(), () -> {
            Organization created = insert(scope, displayName);
            members.makeOwner(scope, creator);
            List<String> stages = List.of("development", "staging", "production");
            for (String stage : stages) {
                environments.createOnDefaultDataPlane(scope, stage, stage.equals("production"));
            }
            pipelines.create(scope, Pipeline.DEFAULT, stages);
            return created;
        });
    }

    private Organization insert(OrganizationScope scope, String displayName) {
        try {
            Organization created = jdbc.sql(
                            "insert into organizations (id, name, display_name) values (?, ?, ?) returning *")
                    .params(scope.organizationId(), scope.organization(), displayName)
                    .query(Organizations::row)
                    .single();
            written(scope, "organization.created", Map.of("displayName", displayName));
            return created;
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("already-exists", "The name " + scope.organization() + " is taken.");
        }
    }

    /** Those that the caller may know of. */
    @Transactional(readOnly = true)
    Page<Organization> list(Caller caller, PageRequest page) {
        return tenancy.asPlatform(() -> Listing.of("select * from organizations")
                .where(
                        "id = any(:memberOf)",
                        "memberOf",
                        members.organizationsOf(caller).toArray(UUID[]::new))
                .sort("name", "name", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, Organizations::row));
    }

    @Transactional(readOnly = true)
    Organization get(OrganizationScope scope) {
        return jdbc.sql("select * from organizations where id = ?")
                .param(scope.organizationId())
                .query(Organizations::row)
                .optional()
                .orElseThrow(() -> Problem.notFound("organization", scope.organization()));
    }

    Organization change(OrganizationScope scope, Organization current, String displayName) {
        Organization changed = jdbc.sql("""
                update organizations set display_name = ?, version = version + 1, updated_at = now()
                where id = ? and version = ? returning *""")
                .params(displayName, current.id(), current.version())
                .query(Organizations::row)
                .optional()
                .orElseThrow(() -> Versions.stale(current.version() + 1));
        written(scope, "organization.changed", Map.of("displayName", displayName));
        return changed;
    }

    /** Its audit chain stays. */
    void delete(OrganizationScope scope) {
        List<String> left = new ArrayList<>();
        left.addAll(names("select 'project ' || name from projects where organization_id = ? order by name", scope));
        left.addAll(names(
                "select 'service account ' || name from service_accounts where organization_id = ? order by name",
                scope));
        if (!left.isEmpty()) {
            throw Problem.conflict("not-empty", "Delete what is left in it first: " + String.join(", ", left) + ".");
        }
        for (String table : List.of("pipelines", "environments", "role_bindings")) {
            jdbc.sql("delete from " + table + " where organization_id = ?")
                    .param(scope.organizationId())
                    .update();
        }
        jdbc.sql("delete from organizations where id = ?")
                .param(scope.organizationId())
                .update();
        written(scope, "organization.deleted", Map.of());
    }

    private List<String> names(String sql, OrganizationScope scope) {
        return jdbc.sql(sql).param(scope.organizationId()).query(String.class).list();
    }

    private void written(OrganizationScope scope, String action, Map<String, ?> details) {
        audit.record(scope.organizationId(), action, scope.path(), details);
        outbox.publish(scope.organizationId(), action, scope.path(), details);
    }

    private static Organization row(ResultSet row, int number) throws SQLException {
        return new Organization(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("display_name"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
