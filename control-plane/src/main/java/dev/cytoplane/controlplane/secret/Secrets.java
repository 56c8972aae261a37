package dev.cytoplane.controlplane.secret;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The secrets of components, one set for each environment. Values go in and never come out, but sealed to a data plane. */
@Repository
@Transactional
public class Secrets {

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Audit audit;
    private final Outbox outbox;

    Secrets(JdbcClient jdbc, Vault vault, Audit audit, Outbox outbox) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.audit = audit;
        this.outbox = outbox;
    }

    /** @param version counts the values it has had */
    record Secret(UUID id, String name, long version, Instant createdAt, Instant updatedAt) {}

    /** Where a secret belongs. */
    record Place(ComponentScope scope, UUID environmentId, String environment) {

        private String path(String name) {
            return scope.path() + "/" + environment + "/" + name;
        }
    }

    /** The current version of each secret, by name. */
    @Transactional(readOnly = true)
    public Map<String, Long> versions(UUID componentId, UUID environmentId) {
        Map<String, Long> versions = new TreeMap<>();
        list(componentId, environmentId).forEach(secret -> versions.put(secret.name(), secret.version()));
        return versions;
    }

    @Transactional(readOnly = true)
    List<Secret> list(UUID componentId, UUID environmentId) {
        return jdbc.sql(
                        "select * from secrets where component_id = ? and environment_id = ? order by name collate \"C\"")
                .params(componentId, environmentId)
                .query(Secrets::row)
                .list();
    }

    /** Sets a new value and publishes {@code secret.changed}. */
    Secret set(Place place, String name, String value) {
        ComponentScope scope = place.scope();
        Secret secret = jdbc.sql("""
                insert into secrets (id, organization_id, component_id, environment_id, name) values (?, ?, ?, ?, ?)
                on conflict (component_id, environment_id, name)
                do update set version = secrets.version + 1, updated_at = now()
                returning *""")
                .params(Ids.next(), scope.organizationId(), scope.componentId(), place.environmentId(), name)
                .query(Secrets::row)
                .single();
        byte[] sealed = vault.seal(
                scope.organizationId(), value.getBytes(StandardCharsets.UTF_8), context(secret.id(), secret.version()));
        jdbc.sql("insert into secret_values (organization_id, secret_id, version, sealed) values (?, ?, ?, ?)")
                .params(scope.organizationId(), secret.id(), secret.version(), sealed)
                .update();
        announce(place, name, "secret.set", Map.of("version", secret.version()));
        return secret;
    }

    /** Removes it with all its values. */
    void delete(Place place, String name, @Nullable String ifMatch) {
        UUID componentId = place.scope().componentId();
        Secret secret = jdbc.sql("""
                select * from secrets where component_id = ? and environment_id = ? and name = ? for update""")
                .params(componentId, place.environmentId(), name)
                .query(Secrets::row)
                .optional()
                .orElseThrow(() -> Problem.notFound("secret", place.path(name)));
        Versions.matchIfGiven(ifMatch, secret.version());
        jdbc.sql("delete from secrets where id = ?").param(secret.id()).update();
        announce(place, name, "secret.deleted", Map.of());
    }

    private void announce(Place place, String name, String action, Map<String, ?> details) {
        UUID organization = place.scope().organizationId();
        audit.record(organization, action, place.path(name), details);
        outbox.publish(
                organization,
                "secret.changed",
                place.scope().path(),
                Map.of(
                        "componentId", place.scope().componentId(),
                        "environmentId", place.environmentId(),
                        "environment", place.environment(),
                        "secret", name));
    }

    static String context(UUID secret, long version) {
        return "secret/" + secret + "/" + version;
    }

    private static Secret row(ResultSet row, int number) throws SQLException {
        return new Secret(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
