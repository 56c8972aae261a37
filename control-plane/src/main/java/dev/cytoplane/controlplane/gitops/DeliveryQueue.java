package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who looks at which delivery when. A look is leased: one that whoever had it did not prolong is taken by another. The
 * database keeps it to one at a time of each repository, across all control planes.
 */
@Component
class DeliveryQueue {

    private static final Duration LEASE = Duration.ofSeconds(45);
    private static final int MOST_CHARACTERS = 1_000;

    private final JdbcClient jdbc;
    private final PlatformWork platform;
    private final String owner = UUID.randomUUID().toString();

    DeliveryQueue(JdbcClient jdbc, PlatformWork platform) {
        this.jdbc = jdbc;
        this.platform = platform;
    }

    /** Takes the next one that is due. */
    Optional<Delivery> claim() {
        try {
            return platform.call(() -> jdbc.sql("""
                            update environment_deliveries set lease_owner = ?,
                                lease_until = clock_timestamp() + make_interval(secs => ?), next_look_at = 'infinity'
                            where environment_id = (
                                select d.environment_id from environment_deliveries d
                                where d.lease_owner is null and d.next_look_at <= clock_timestamp()
                                    and not exists (select from environment_deliveries w
                                        where w.url = d.url and w.lease_owner is not null)
                                order by d.next_look_at limit 1 for update skip locked)
                            returning environment_id""")
                    .params(owner, LEASE.toSeconds())
                    .query(UUID.class)
                    .optional()
                    .flatMap(environment -> jdbc.sql(EnvironmentDeliveries.SELECT + " where d.environment_id = ?")
                            .param(environment)
                            .query(EnvironmentDeliveries::row)
                            .optional()));
        } catch (DuplicateKeyException e) {
            // Another control plane took another environment of the same repository in this moment: ours waits.
            return Optional.empty();
        }
    }

    /** Prolongs the leases, and gives up those that nobody prolongs. @return the environments that are still ours */
    Set<UUID> beat(Collection<UUID> looking) {
        return platform.call(() -> {
            jdbc.sql("""
                    update environment_deliveries set lease_owner = null, lease_until = null, next_look_at = now()
                    where lease_until < clock_timestamp()""").update();
            return jdbc.sql("""
                    update environment_deliveries set lease_until = clock_timestamp() + make_interval(secs => ?)
                    where lease_owner = ? and environment_id = any(?) returning environment_id""")
                    .params(LEASE.toSeconds(), owner, looking.toArray(UUID[]::new))
                    .query(UUID.class)
                    .set();
        });
    }

    /** Looks at an organization's environment as soon as may be; a repository that fails is not asked more often for that. */
    void due(UUID organization, @Nullable UUID environment) {
        platform.run(() -> jdbc.sql("""
                update environment_deliveries
                set next_look_at = case when attempts = 0 then now() else next_look_at end
                where organization_id = :organization
                    and (cast(:environment as uuid) is null or environment_id = :environment)""")
                .param("organization", organization)
                .param("environment", environment)
                .update());
    }

    /**
     * Whether a look still speaks of what is: nobody took it over, and nobody changed where to and how. Until the transaction
     * ends nobody does.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean isCurrent(Delivery delivery) {
        return jdbc.sql("""
                        select version from environment_deliveries where environment_id = ? and lease_owner = ? for share""")
                .params(delivery.environmentId(), owner)
                .query(Long.class)
                .optional()
                .filter(version -> version == delivery.version())
                .isPresent();
    }

    /** A look succeeded. What asked for another one meanwhile gets it. */
    void succeeded(Delivery delivery, @Nullable String tip, Duration pause) {
        end(delivery, """
                attempts = 0, last_error = null, looked_at = now(), tip = :tip""", tip, null, pause);
    }

    void failed(Delivery delivery, String error, Duration pause) {
        end(
                delivery,
                "attempts = attempts + 1, last_error = :error",
                null,
                error.length() > MOST_CHARACTERS ? error.substring(0, MOST_CHARACTERS) : error,
                pause);
    }

    /** It was cut off, which says nothing of the repository. */
    void released(Delivery delivery) {
        end(delivery, "attempts = attempts", null, null, Duration.ZERO);
    }

    private void end(Delivery delivery, String outcome, @Nullable String tip, @Nullable String error, Duration pause) {
        platform.run(() -> jdbc.sql("update environment_deliveries set " + outcome + """
                , lease_owner = null, lease_until = null,
                next_look_at = least(next_look_at, clock_timestamp() + :pause * interval '1 millisecond')
                where environment_id = :environment and lease_owner = :owner""")
                .param("tip", tip)
                .param("error", error)
                .param("pause", pause.toMillis())
                .param("environment", delivery.environmentId())
                .param("owner", owner)
                .update());
    }
}
