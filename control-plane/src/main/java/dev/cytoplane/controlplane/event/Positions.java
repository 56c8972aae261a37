package dev.cytoplane.controlplane.event;

import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each handler got. What is written here survives a crash; what is not comes again. */
@Repository
class Positions {

    private static final int MAX_ERROR_LENGTH = 1000;

    private final JdbcClient jdbc;
    private final PlatformWork platform;

    Positions(JdbcClient jdbc, PlatformWork platform) {
        this.jdbc = jdbc;
        this.platform = platform;
    }

    record Pending(UUID organizationId, long position) {}

    /** The organizations with events that the handler has not seen, but for those it is to wait for. */
    List<Pending> pending(String handler) {
        return platform.call(() -> jdbc.sql("""
                select s.organization_id, coalesce(p.sequence, 0) as position from event_streams s
                left join event_positions p on p.organization_id = s.organization_id and p.handler = ?
                where s.last_sequence > coalesce(p.sequence, 0)
                    and coalesce(p.retry_at, '-infinity') <= clock_timestamp()""")
                .param(handler)
                .query((row, number) ->
                        new Pending(row.getObject("organization_id", UUID.class), row.getLong("position")))
                .list());
    }

    void advance(String handler, UUID organizationId, long sequence) {
        platform.call(
                () -> jdbc.sql("""
                insert into event_positions (handler, organization_id, sequence) values (?, ?, ?)
                on conflict (handler, organization_id) do update
                set sequence = excluded.sequence, attempts = 0, retry_at = '-infinity', last_error = null""").params(handler, organizationId, sequence).update());
    }

    /** Counts the attempt and says when the next one is. */
    void failed(String handler, UUID organizationId, String error, Backoff backoff) {
        platform.call(() -> {
            int attempts = jdbc.sql("""
                    insert into event_positions as p (handler, organization_id, sequence, attempts, last_error)
                    values (?, ?, 0, 1, ?) on conflict (handler, organization_id) do update
                    set attempts = p.attempts + 1, last_error = excluded.last_error returning attempts""")
                    .params(handler, organizationId, error.substring(0, Math.min(error.length(), MAX_ERROR_LENGTH)))
                    .query(Integer.class)
                    .single();
            Duration pause = backoff.after(attempts);
            return jdbc.sql("""
                    update event_positions set retry_at = clock_timestamp() + ? * interval '1 millisecond'
                    where handler = ? and organization_id = ?""")
                    .params(pause.toMillis(), handler, organizationId)
                    .update();
        });
    }
}
