package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks up who owns what a path names. */
@Repository
class Owners {

    private final JdbcClient jdbc;
    private final PlatformWork platform;

    Owners(JdbcClient jdbc, PlatformWork platform) {
        this.jdbc = jdbc;
        this.platform = platform;
    }

    record Found(OrganizationScope scope, Grants grants) {}

    /** The organization of that name, and what the subject holds in it. */
    Optional<Found> organization(String name, String subject) {
        return platform.call(() -> id("select id from organizations where name = ?", name)
                .map(id -> new Found(new OrganizationScope(id, name), grants(id, subject))));
    }

    private Grants grants(UUID organization, String subject) {
        List<Grants.Binding> bindings = jdbc.sql("""
                select project_id, role, effect from role_bindings where organization_id = ? and subject = ?""")
                .params(organization, subject)
                .query((row, number) -> binding(row))
                .list();
        return new Grants(bindings);
    }

    static Grants.Binding binding(ResultSet row) throws SQLException {
        return new Grants.Binding(
                row.getObject("project_id", UUID.class),
                Role.of(row.getString("role")),
                row.getString("effect").equals("deny"));
    }

    Optional<ProjectScope> project(OrganizationScope owner, String name) {
        return platform.call(
                () -> id("select id from projects where organization_id = ? and name = ?", owner.organizationId(), name)
                        .map(id -> new ProjectScope(owner.organizationId(), owner.organization(), id, name)));
    }

    Optional<ComponentScope> component(ProjectScope owner, String name) {
        return platform.call(() -> id(
                        "select id from components where project_id = ? and name = ?", owner.projectId(), name)
                .map(id -> new ComponentScope(
                        owner.organizationId(), owner.organization(), owner.projectId(), owner.project(), id, name)));
    }

    /** Who owns a component that is known by its id only, as in a webhook's address. */
    Optional<ComponentScope> component(UUID id) {
        return platform.call(() -> jdbc.sql("""
                select c.organization_id, o.name as organization, c.project_id, p.name as project, c.name as component
                from components c join projects p on p.id = c.project_id
                join organizations o on o.id = c.organization_id where c.id = ?""")
                .param(id)
                .query((row, number) -> new ComponentScope(
                        row.getObject("organization_id", UUID.class),
                        row.getString("organization"),
                        row.getObject("project_id", UUID.class),
                        row.getString("project"),
                        id,
                        row.getString("component")))
                .optional());
    }

    /** What cannot be a name is not asked for: PostgreSQL would refuse some of it. */
    private Optional<UUID> id(String sql, Object... parameters) {
        return Names.valid((String) parameters[parameters.length - 1])
                ? jdbc.sql(sql).params(parameters).query(UUID.class).optional()
                : Optional.empty();
    }
}
