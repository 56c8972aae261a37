package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.controlplane.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The audit log says who wrote what, and whether someone tampered with it. */
@ControlPlaneTest
class AuditTest {

    @LocalServerPort
    int port;

    @Autowired
    Postgres postgres;

    Client ann;
    Organization organization;

    @BeforeEach
    void someWrites() {
        ann = Client.of(port, "ann");
        organization = Organization.create(ann);
        organization.project("shop");
        organization.member("ben", "viewer");
    }

    @Test
    void holdsEveryWriteWithItsActor() {
        var log = ann.get(organization.path() + "/audit?limit=2");

        assertThat(log.text("/items/0/action")).isEqualTo("member.added");
        assertThat(log.text("/items/0/actor")).isEqualTo("ann");
        assertThat(log.text("/items/1/action")).isEqualTo("project.created");
        assertThat(log.text("/items/1/resource")).isEqualTo(organization.name() + "/shop");
        assertThat(ann.get(organization.path() + "/audit?action=project.created")
                        .json()
                        .at("/items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void holdsNothingOfAWriteThatFailed() {
        long before = entries();

        ann.post(organization.path() + "/projects", "{\"name\": \"shop\"}");

        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void anUntouchedChainIsValidAlsoWhenManyWroteAtOnce() throws Exception {
        var names = new java.util.concurrent.atomic.AtomicInteger();
        Callable<Client.Answer> write = () ->
                ann.post(organization.path() + "/projects", "{\"name\": \"p%d\"}".formatted(names.incrementAndGet()));
        long before = entries();

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : executor.invokeAll(Collections.nCopies(12, write))) {
                assertThat(answer.get().status()).isEqualTo(201);
            }
        }

        var verification = ann.get(organization.path() + "/audit/verification");
        assertThat(verification.json().at("/valid").asBoolean())
                .as(verification.toString())
                .isTrue();
        assertThat(entries()).isEqualTo(before + 12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entries set actor_name = 'mallory' where organization_id = ? and sequence = 2",
                "update audit_entries set details = '{}' where organization_id = ? and sequence = 2",
                "delete from audit_entries where organization_id = ? and sequence = 2",
            })
    void aChangedOrRemovedEntryBreaksTheChain(String damage) throws SQLException {
        damage(damage);

        var verification = ann.get(organization.path() + "/audit/verification");

        assertThat(verification.json().at("/valid").asBoolean()).isFalse();
        assertThat(verification.json().at("/firstBrokenSequence").asLong()).isEqualTo(2);
    }

    @Test
    void anEntryCutOffAtTheEndBreaksTheChain() throws SQLException {
        long entries = entries();
        damage("delete from audit_entries where organization_id = ? and sequence = " + entries);

        var verification = ann.get(organization.path() + "/audit/verification");

        assertThat(verification.json().at("/valid").asBoolean()).isFalse();
        assertThat(verification.json().at("/firstBrokenSequence").asLong()).isEqualTo(entries);
    }

    @Test
    void neitherTheApplicationNorTheOwnerCanChangeAnEntry() throws SQLException {
        for (String statement : new String[] {
            "update audit_entries set actor_name = 'mallory'", "delete from audit_entries", "truncate audit_entries"
        }) {
            try (Connection application = postgres.asApplication();
                    var attempt = application.createStatement()) {
                attempt.execute("set cytoplane.organization = '*'");
                assertThatThrownBy(() -> attempt.execute(statement)).hasMessageContaining("permission denied");
            }
            try (Connection owner = postgres.asOwner();
                    var attempt = owner.createStatement()) {
                attempt.execute("set cytoplane.organization = '*'");
                assertThatThrownBy(() -> attempt.execute(statement)).hasMessageContaining("append-only");
            }
        }
    }

    private long entries() {
        return ann.get(organization.path() + "/audit/verification")
                .json()
                .at("/entries")
                .asLong();
    }

    private void damage(String sql) throws SQLException {
        try (Connection superuser = postgres.asSuperuser();
                var statement = superuser.createStatement()) {
            statement.execute("set search_path = control_plane");
            statement.execute("alter table audit_entries disable trigger append_only");
            String id = ann.get(organization.path()).text("/id");
            statement.execute(sql.replace("?", "'" + id + "'"));
            statement.execute("alter table audit_entries enable trigger append_only");
        }
    }
}
