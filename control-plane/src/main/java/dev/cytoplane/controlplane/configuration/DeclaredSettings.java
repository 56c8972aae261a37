package dev.cytoplane.controlplane.configuration;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which variables of a component are secret in an environment: those set as secrets, and those its newest release declares so. */
@Repository
class DeclaredSettings {

    private final JdbcClient jdbc;

    DeclaredSettings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public Set<String> secrets(UUID componentId, UUID environmentId) {
        return new HashSet<>(jdbc.sql("""
                select name from secrets where component_id = :component and environment_id = :environment
                union
                select setting ->> 'name' from (
                    select descriptor from releases where component_id = :component order by created_at desc limit 1
                ) newest, jsonb_path_query(newest.descriptor, '$.configuration[*] ? (@.secret == true)') setting""")
                .param("component", componentId)
                .param("environment", environmentId)
                .query(String.class)
                .list());
    }
}
