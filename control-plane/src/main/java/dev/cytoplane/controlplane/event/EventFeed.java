package dev.cytoplane.controlplane.event;

import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads an organization's events in their order. */
@Repository
class EventFeed {

    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    EventFeed(JdbcClient jdbc, Tenancy tenancy, PlatformTransactionManager transactions, JsonMapper json) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
        this.json = json;
    }

    List<Event> after(UUID organizationId, long sequence, int limit) {
        return tenancy.in(
                organizationId,
                () -> transaction.execute(status -> jdbc.sql("""
                select * from events where organization_id = ? and sequence > ? order by sequence limit ?""")
                        .params(organizationId, sequence, limit)
                        .query(this::row)
                        .list()));
    }

    /**
     * Which events there are.
     *
     * @param first the number of the oldest that is kept; one more than the last when none is
     * @param last the number of the newest that ever was, or 0
     */
    record Extent(long first, long last) {}

    Extent extent(UUID organizationId) {
        return tenancy.in(
                organizationId,
                () -> transaction.execute(status -> jdbc.sql("""
                select s.last_sequence,
                    coalesce((select min(e.sequence) from events e where e.organization_id = s.organization_id),
                        s.last_sequence + 1) as first
                from event_streams s where s.organization_id = ?""")
                        .param(organizationId)
                        .query((row, number) -> new Extent(row.getLong("first"), row.getLong("last_sequence")))
                        .optional()
                        .orElse(new Extent(1, 0))));
    }

    private Event row(ResultSet row, int number) throws SQLException {
        return new Event(
                row.getLong("sequence"),
                row.getObject("organization_id", UUID.class),
                row.getString("type"),
                row.getString("subject"),
                json.readValue(row.getString("data"), DATA),
                row.getObject("time", OffsetDateTime.class).toInstant());
    }
}
