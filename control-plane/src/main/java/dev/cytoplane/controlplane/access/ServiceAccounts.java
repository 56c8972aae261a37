package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versioned;
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
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Machines that act in an organization: a client of the identity provider with a role here. */
@Repository
@Transactional
class ServiceAccounts {

    private static final String SELECT = """
            select s.*, p.name as project from service_accounts s left join projects p on p.id = s.project_id""";

    private final JdbcClient jdbc;
    private final Members members;
    private final Directory directory;
    private final Audit audit;
    private final Outbox outbox;

    ServiceAccounts(JdbcClient jdbc, Members members, Directory directory, Audit audit, Outbox outbox) {
        this.jdbc = jdbc;
        this.members = members;
        this.directory = directory;
        this.audit = audit;
        this.outbox = outbox;
    }

    record ServiceAccount(
            UUID id,
            String name,
            String clientId,
            Role role,
            @Nullable String project,
            Instant createdAt,
            Instant updatedAt,
            long version)
            implements Versioned {}

    record Created(ServiceAccount account, String clientSecret) {}

    /**
     * Makes the client before the commit: when that fails, a client without any role is left, which the next attempt
     * takes up.
     */
    Created create(OrganizationScope scope, @Nullable ProjectScope project, String name, Role role) {
        String clientId = scope.organization() + "." + name;
        if (find(scope, name) != null) {
            throw Problem.conflict("already-exists", "There is a service account " + name + " already.");
        }
        var client = directory.createServiceAccount(clientId, "Service account of " + scope.organization());
        jdbc.sql("""
                insert into service_accounts (id, organization_id, name, client_id, subject, role, project_id)
                values (?, ?, ?, ?, ?, ?, ?)""")
                .param(Ids.next())
                .param(scope.organizationId())
                .param(name)
                .param(clientId)
                .param(client.subject())
                .param(role.stored())
                .param(project == null ? null : project.projectId())
                .update();
        written(scope, "service-account.created", name, Map.of("role", role.stored(), "clientId", clientId));
        members.add(scope, project, client.subject(), "service-account-" + clientId, role, Effect.ALLOW);
        return new Created(get(scope, name), client.clientSecret());
    }

    @Transactional(readOnly = true)
    Page<ServiceAccount> list(OrganizationScope scope, PageRequest page) {
        return Listing.of(SELECT)
                .where("organization_id = :organization", "organization", scope.organizationId())
                .sort("name", "name", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, ServiceAccounts::row);
    }

    @Transactional(readOnly = true)
    ServiceAccount get(OrganizationScope scope, String name) {
        ServiceAccount found = find(scope, name);
        if (found == null) {
            throw Problem.notFound("service account", name);
        }
        return found;
    }

    private @Nullable ServiceAccount find(OrganizationScope scope, String name) {
        return Names.valid(name)
                ? jdbc.sql(SELECT + " where s.organization_id = ? and s.name = ?")
                        .params(scope.organizationId(), name)
                        .query(ServiceAccounts::row)
                        .optional()
                        .orElse(null)
                : null;
    }

    /** Its roles end with the commit, whatever becomes of the client after that. */
    void delete(OrganizationScope scope, ServiceAccount account) {
        String subject = jdbc.sql("delete from service_accounts where id = ? returning subject")
                .param(account.id())
                .query(String.class)
                .single();
        members.deleteAll(scope, subject);
        written(scope, "service-account.deleted", account.name(), Map.of("clientId", account.clientId()));
        directory.deleteServiceAccount(account.clientId());
    }

    private void written(OrganizationScope scope, String action, String name, Map<String, ?> details) {
        String path = scope.path() + "/service-accounts/" + name;
        audit.record(scope.organizationId(), action, path, details);
        outbox.publish(scope.organizationId(), action, path, details);
    }

    private static ServiceAccount row(ResultSet row, int number) throws SQLException {
        return new ServiceAccount(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("client_id"),
                Role.of(row.getString("role")),
                row.getString("project"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
