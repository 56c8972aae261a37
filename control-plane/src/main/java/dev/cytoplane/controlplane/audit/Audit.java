package dev.cytoplane.controlplane.audit;

import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records writes. An entry is part of the transaction of the write: there is no write without its entry, and no entry
 * of a write that did not happen. The writers of one organization wait for each other here until they commit, so take
 * this step late.
 */
@Component
public class Audit {

    /** The chain of what belongs to no organization, data planes for example. */
    public static final UUID PLATFORM = new UUID(0, 0);

    private static final JsonMapper DETAILS = JsonMapper.builder()
            .enable(tools.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Clock clock;

    Audit(JdbcClient jdbc, Tenancy tenancy, Clock clock) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * @param action noun and verb in the past, as {@code component.created}
     * @param resource the path of what was written, as {@code acme/shop/api}
     * @param details what a reader needs to understand it; never a secret
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(UUID organizationId, String action, String resource, Map<String, ?> details) {
        tenancy.in(organizationId, () -> append(organizationId, action, resource, DETAILS.writeValueAsString(details)));
    }

    private void append(UUID organizationId, String action, String resource, String details) {
        // Locks the chain's head until the commit: the next writer sees this entry as its predecessor.
        jdbc.sql("insert into audit_heads (organization_id, sequence, hash) values (?, 0, ?) on conflict do nothing")
                .params(organizationId, Chain.START)
                .update();
        Chain.Head head = jdbc.sql("select sequence, hash from audit_heads where organization_id = ? for update")
                .param(organizationId)
                .query((row, number) -> new Chain.Head(row.getLong("sequence"), row.getBytes("hash")))
                .single();
        Actor actor = Actor.current();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var entry = new Chain.Entry(
                organizationId,
                head.sequence() + 1,
                now,
                actor.subject(),
                actor.username(),
                action,
                resource,
                details,
                head.hash());
        byte[] hash = entry.hash();
        jdbc.sql("""
                insert into audit_entries (organization_id, sequence, time, actor_subject, actor_name, action,
                    resource, details, previous_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        organizationId,
                        entry.sequence(),
                        OffsetDateTime.ofInstant(now, ZoneOffset.UTC),
                        actor.subject(),
                        actor.username(),
                        action,
                        resource,
                        details,
                        head.hash(),
                        hash)
                .update();
        jdbc.sql("update audit_heads set sequence = ?, hash = ? where organization_id = ?")
                .params(entry.sequence(), hash, organizationId)
                .update();
    }
}
