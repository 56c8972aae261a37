package dev.cytoplane.controlplane.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the database itself refuses, when the code forgets to. */
@ControlPlaneTest
class RowLevelSecurityTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Tenancy tenancy;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Postgres postgres;

    UUID one;
    UUID other;

    @BeforeEach
    void twoOrganizationsWithAnEnvironmentEach() {
        one = organization();
        other = organization();
    }

    @Test
    void aForgottenWhereClauseShowsOnlyTheOwnRows() {
        List<UUID> seen = tenancy.in(one, () -> environments());

        assertThat(seen).containsOnly(one);
    }

    @Test
    void whoEnteredNoOrganizationSeesNothing() {
        assertThat(environments()).isEmpty();
    }

    @Test
    void aForgottenWhereClauseChangesOnlyTheOwnRows() {
        tenancy.in(
                one,
                () -> inTransaction(() ->
                        jdbc.sql("update environments set production = true").update()));

        assertThat(tenancy.in(
                        other,
                        () -> inTransaction(() -> jdbc.sql("select production from environments")
                                .query(Boolean.class)
                                .list())))
                .containsExactly(false);
    }

    @Test
    void aRowCannotBeWrittenForAnotherOrganization() {
        assertThatThrownBy(() -> tenancy.in(one, () -> insertEnvironment(other, "theirs")))
                .hasStackTraceContaining("row-level security");
    }

    @Test
    void theTenancyFollowsIntoARunningTransactionAndBack() {
        tenancy.in(
                one,
                () -> inTransaction(() -> {
                    assertThat(tenancy.in(other, this::rawEnvironments)).containsOnly(other);
                    assertThat(rawEnvironments()).containsOnly(one);
                    return true;
                }));
    }

    @Test
    void nothingStaysOnAPooledConnection() {
        tenancy.in(one, () -> environments());

        for (int i = 0; i < 20; i++) {
            assertThat(environments()).isEmpty();
        }
    }

    @Test
    void theApplicationsRoleCannotLiftIt() throws SQLException {
        try (Connection application = postgres.asApplication();
                var statement = application.createStatement()) {
            for (String attempt : List.of(
                    "alter table environments disable row level security",
                    "drop policy tenant on environments",
                    "create table control_plane.mine (id int)",
                    "set role cytoplane_owner",
                    "set session authorization postgres")) {
                assertThatThrownBy(() -> statement.execute(attempt)).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void everyTableOfTenantsIsProtected() throws SQLException {
        try (Connection owner = postgres.asOwner();
                var statement = owner.createStatement();
                var open = statement.executeQuery("""
                        select relname from pg_class c where relnamespace = 'control_plane'::regnamespace
                            and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
                            and exists (select from pg_attribute where attrelid = c.oid
                                and attname = 'organization_id')""")) {
            List<String> unprotected = new java.util.ArrayList<>();
            while (open.next()) {
                unprotected.add(open.getString(1));
            }
            assertThat(unprotected).isEmpty();
        }
    }

    private List<UUID> environments() {
        return inTransaction(this::rawEnvironments);
    }

    private List<UUID> rawEnvironments() {
        return jdbc.sql("select organization_id from environments")
                .query(UUID.class)
                .list();
    }

    private UUID organization() {
        UUID id = Ids.next();
        tenancy.in(id, () -> {
            inTransaction(() -> jdbc.sql("insert into organizations (id, name, display_name) values (?, ?, 'x')")
                    .params(id, "rls-" + id.toString().substring(24))
                    .update());
            insertEnvironment(id, "development");
        });
        return id;
    }

    private int insertEnvironment(UUID organization, String name) {
        return inTransaction(
                () -> jdbc.sql("""
                insert into environments (id, organization_id, name, data_plane) values (?, ?, ?, 'local')""").params(Ids.next(), organization, name).update());
    }

    private <T> T inTransaction(Supplier<T> work) {
        return java.util.Objects.requireNonNull(new TransactionTemplate(transactions).execute(status -> work.get()));
    }
}
