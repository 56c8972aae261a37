package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks up who owns what a path names. */
@Repository
class Owners {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final TransactionTemplate transaction;

    Owners(JdbcClient jdbc, Tenancy tenancy, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.transaction = new TransactionTemplate(transactions);
    }

    record Found(OrganizationScope scope, Grants grants) {}

    /** The organization of that name, and what the subject holds in it. */
    Optional<Found> organization(String name, String subject) {
        return asPlatform(() -> jdbc.sql("select id from organizations where name = ?")
                .param(name)
                .query(UUID.class)
                .optional()
                .map(id -> new Found(new OrganizationScope(id, name), grants(id, subject))));
    }

    private Grants grants(UUID organization, String subject) {
        List<Grants.Binding> bindings = jdbc.sql("""
                select project_id, role, effect from role_bindings where organization_id = ? and subject = ?""")
                .params(organization, subject)
                .query((row, number) -> new Grants.Binding(
                        row.getObject("project_id", UUID.class),
                        Role.of(row.getString("role")),
                        row.getString("effect").equals("deny")))
                .list();
        return new Grants(bindings);
    }

    Optional<ProjectScope> project(OrganizationScope owner, String name) {
        return asPlatform(() -> jdbc.sql("select id from projects where organization_id = ? and name = ?")
                .params(owner.organizationId(), name)
                .query(UUID.class)
                .optional()
                .map(id -> new ProjectScope(owner.organizationId(), owner.organization(), id, name)));
    }

    Optional<ComponentScope> component(ProjectScope owner, String name) {
        return asPlatform(() -> jdbc.sql("select id from components where project_id = ? and name = ?")
                .params(owner.projectId(), name)
                .query(UUID.class)
                .optional()
                .map(id -> new ComponentScope(
                        owner.organizationId(), owner.organization(), owner.projectId(), owner.project(), id, name)));
    }

    private <T> T asPlatform(java.util.function.Supplier<T> work) {
        return tenancy.asPlatform(() -> java.util.Objects.requireNonNull(transaction.execute(status -> work.get())));
    }
}
