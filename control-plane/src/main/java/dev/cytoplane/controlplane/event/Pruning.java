package dev.cytoplane.controlplane.event;

import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes events that are too old or too many. Always the oldest ones, so that what is kept has no gaps, and never one
 * that a handler has yet to see: of an organization whose handler fails for good nothing is deleted after that event.
 */
@Component
class Pruning {

    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

    /** Rows in one transaction. */
    private static final int BATCH = 5_000;

    private final ObjectProvider<EventHandler> handlers;
    private final EventSettings settings;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final PlatformWork platform;

    Pruning(
            ObjectProvider<EventHandler> handlers,
            EventSettings settings,
            JdbcClient jdbc,
            Clock clock,
            PlatformWork platform) {
        this.handlers = handlers;
        this.settings = settings;
        this.jdbc = jdbc;
        this.clock = clock;
        this.platform = platform;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void prune() {
        for (UUID organization : platform.call(() -> jdbc.sql("select organization_id from event_streams")
                .query(UUID.class)
                .list())) {
            int deleted = prune(organization);
            if (deleted > 0) {
                LOG.info("{} events of organization {} are not kept any more", deleted, organization);
            }
        }
    }

    private int prune(UUID organization) {
        long upTo = platform.call(() -> end(organization));
        int all = 0;
        int deleted;
        do {
            deleted = platform.call(() -> jdbc.sql("""
                    delete from events where organization_id = :organization and sequence in (
                        select sequence from events where organization_id = :organization and sequence <= :end
                        order by sequence limit :batch)""")
                    .param("organization", organization)
                    .param("end", upTo)
                    .param("batch", BATCH)
                    .update());
            all += deleted;
        } while (deleted == BATCH);
        return all;
    }

    /** The last event that can go. Times of events follow their numbers, but for clocks that were set back. */
    private long end(UUID organization) {
        String[] names = handlers.stream().map(EventHandler::name).toArray(String[]::new);
        return jdbc.sql("""
                select least(
                    greatest(
                        s.last_sequence - :most,
                        coalesce((select min(e.sequence) - 1 from events e
                            where e.organization_id = s.organization_id and e.time >= :oldest), s.last_sequence)),
                    coalesce((select min(coalesce(p.sequence, 0)) from unnest(cast(:handlers as text[])) as h (name)
                        left join event_positions p
                            on p.handler = h.name and p.organization_id = s.organization_id), s.last_sequence))
                from event_streams s where s.organization_id = :organization""")
                .param("most", settings.most())
                .param("oldest", OffsetDateTime.ofInstant(clock.instant().minus(settings.retention()), ZoneOffset.UTC))
                .param("handlers", names)
                .param("organization", organization)
                .query(Long.class)
                .single();
    }
}
