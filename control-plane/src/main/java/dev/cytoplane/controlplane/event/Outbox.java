package dev.cytoplane.controlplane.event;

import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes events. An event is part of the transaction of what it tells of. The publishers of one organization wait
 * for each other here until they commit, so take this step late, after {@code Audit.record}.
 */
@Component
public class Outbox {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final JsonMapper json;
    private final Wakeups wakeups;

    Outbox(JdbcClient jdbc, Tenancy tenancy, JsonMapper json, Wakeups wakeups) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.json = json;
        this.wakeups = wakeups;
    }

    /**
     * @param type noun and verb, as {@code build.finished}
     * @param subject the path of what it happened to, as {@code acme/shop/api}
     * @param data what a handler or a reader of the feed needs; never a secret
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void publish(UUID organizationId, String type, String subject, Map<String, ?> data) {
        tenancy.in(organizationId, () -> {
            long sequence =
                    jdbc.sql("""
                    insert into event_streams as s (organization_id, last_sequence) values (?, 1)
                    on conflict (organization_id) do update set last_sequence = s.last_sequence + 1
                    returning last_sequence""").param(organizationId).query(Long.class).single();
            jdbc.sql("""
                    insert into events (organization_id, sequence, type, subject, data)
                    values (?, ?, ?, ?, cast(? as jsonb))""")
                    .params(organizationId, sequence, type, subject, json.writeValueAsString(data))
                    .update();
        });
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakeups.wake(organizationId);
            }
        });
    }
}
