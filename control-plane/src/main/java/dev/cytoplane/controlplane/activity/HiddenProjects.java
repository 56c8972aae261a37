package dev.cytoplane.controlplane.activity;

import dev.cytoplane.controlplane.access.Membership;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which of an organization's projects somebody may not see, by the names that events tell. */
@Component
class HiddenProjects {

    private final JdbcClient jdbc;

    HiddenProjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    List<String> from(Membership membership) {
        Map<UUID, String> names = new HashMap<>();
        jdbc.sql("select id, name from projects where organization_id = ?")
                .param(membership.scope().organizationId())
                .query(row -> {
                    names.put(row.getObject("id", UUID.class), row.getString("name"));
                });
        return names.entrySet().stream()
                .filter(it -> !membership.sees(it.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
