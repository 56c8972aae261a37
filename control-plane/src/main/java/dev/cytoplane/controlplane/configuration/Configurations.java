package dev.cytoplane.controlplane.configuration;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.event.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/** The plain settings of components, one set for each environment. */
@Repository
@Transactional
public class Configurations {

    private static final TypeReference<TreeMap<String, String>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Outbox outbox;

    Configurations(JdbcClient jdbc, Audit audit, Outbox outbox) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.outbox = outbox;
    }

    /**
     * The settings of a component in an environment.
     *
     * @param version counts the changes; 0 when nothing was ever set
     */
    public record Configuration(
            Map<String, String> values,
            long version,
            @Nullable Instant updatedAt) {}

    /** What is set; nothing, at version 0, when nothing ever was. */
    @Transactional(readOnly = true)
    public Configuration get(UUID componentId, UUID environmentId) {
        return jdbc.sql("""
                select entries, version, updated_at from configurations
                where component_id = ? and environment_id = ?""")
                .params(componentId, environmentId)
                .query(Configurations::row)
                .optional()
                .orElseGet(() -> new Configuration(Map.of(), 0, null));
    }

    /**
     * Replaces the whole set and publishes {@code configuration.changed}. Equal values change nothing.
     *
     * @param ifMatch the ETag of the set that the caller has seen; null to replace whatever is there
     */
    public Configuration replace(
            ComponentScope scope,
            UUID environmentId,
            String environment,
            Map<String, String> values,
            @Nullable String ifMatch) {
        // Makes sure that there is a row to lock: two writers at once wait for each other here.
        jdbc.sql("""
                insert into configurations (organization_id, component_id, environment_id, entries, version)
                values (?, ?, ?, '{}', 0) on conflict do nothing""")
                .params(scope.organizationId(), scope.componentId(), environmentId)
                .update();
        Configuration before = jdbc.sql("""
                select entries, version, updated_at from configurations
                where component_id = ? and environment_id = ? for update""")
                .params(scope.componentId(), environmentId)
                .query(Configurations::row)
                .single();
        Versions.matchIfGiven(ifMatch, before.version());
        if (before.values().equals(values)) {
            return before;
        }
        jdbc.sql("""
                update configurations set entries = cast(? as jsonb), version = version + 1, updated_at = now()
                where component_id = ? and environment_id = ?""")
                .params(ContractJson.MAPPER.writeValueAsString(values), scope.componentId(), environmentId)
                .update();
        Configuration after = get(scope.componentId(), environmentId);
        announce(scope, environmentId, environment, before, after);
        return after;
    }

    private void announce(
            ComponentScope scope, UUID environmentId, String environment, Configuration before, Configuration after) {
        var changed = new TreeMap<String, String>();
        before.values().keySet().forEach(name -> changed.put(name, "removed"));
        after.values().forEach((name, value) -> {
            if (value.equals(before.values().get(name))) {
                changed.remove(name);
            } else {
                changed.put(name, "set");
            }
        });
        audit.record(
                scope.organizationId(),
                "configuration.changed",
                scope.path(),
                Map.of("environment", environment, "version", after.version(), "changes", changed));
        outbox.publish(
                scope.organizationId(),
                "configuration.changed",
                scope.path(),
                Map.of(
                        "componentId",
                        scope.componentId(),
                        "environmentId",
                        environmentId,
                        "environment",
                        environment,
                        "version",
                        after.version()));
    }

    private static Configuration row(ResultSet row, int number) throws SQLException {
        return new Configuration(
                ContractJson.MAPPER.readValue(row.getString("entries"), VALUES),
                row.getLong("version"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
