package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of builds as a queue: the oldest first, one of a component at a time, each taken by exactly one instance. */
@Repository
class BuildQueue {

    static final int ATTEMPTS = 3;
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final String LOST =
            "The platform was lost %d times while it built this. Start the build again.".formatted(ATTEMPTS);

    private final JdbcClient jdbc;
    private final BuildStore store;
    private final PlatformWork platform;
    private final String owner;

    BuildQueue(JdbcClient jdbc, BuildStore store, PlatformWork platform, Instance instance) {
        this.jdbc = jdbc;
        this.store = store;
        this.platform = platform;
        this.owner = instance.name();
    }

    String owner() {
        return owner;
    }

    /** Takes the next build that may run. */
    Optional<Build> claim() {
        try {
            return platform.call(() -> jdbc.sql("""
                    update builds set status = 'RUNNING', attempt = attempt + 1, lease_owner = ?,
                        lease_until = clock_timestamp() + make_interval(secs => ?),
                        started_at = coalesce(started_at, clock_timestamp()),
                        updated_at = clock_timestamp(), version = version + 1
                    where id = (
                        select b.id from builds b
                        where b.status = 'QUEUED'
                          and not exists (
                              select from builds r where r.component_id = b.component_id and r.status = 'RUNNING')
                        order by b.created_at, b.id
                        limit 1
                        for update skip locked)
                    returning *""")
                    .params(owner, LEASE.toSeconds())
                    .query(store::row)
                    .optional());
        } catch (DuplicateKeyException e) {
            // Another instance took another build of the same component in this moment: ours waits.
            return Optional.empty();
        }
    }

    /** What a heartbeat says of a build that this instance works on. */
    record Beat(UUID build, boolean cancelRequested) {}

    /** Prolongs the leases of running builds. A build that is missing in the answer is no longer this instance's. */
    List<Beat> beat(Collection<UUID> running) {
        return platform.call(() -> jdbc.sql("""
                update builds set lease_until = clock_timestamp() + make_interval(secs => :lease)
                where id in (:running) and status = 'RUNNING' and lease_owner = :owner
                returning id, cancel_requested""")
                .param("lease", LEASE.toSeconds())
                .param("running", running)
                .param("owner", owner)
                .query((row, number) -> new Beat(row.getObject("id", UUID.class), row.getBoolean("cancel_requested")))
                .list());
    }

    /** At the start: nothing runs here yet, so what this instance was at when it ended waits again, at once. */
    List<Build> takeBackOwn(Consumer<Build> announce) {
        return takeBack("lease_owner = :owner and not id = any(:running)", List.of(), announce);
    }

    /** What other instances were at and did not come back to, and what this one lost hold of. */
    List<Build> takeBackExpired(Collection<UUID> running, Consumer<Build> announce) {
        return takeBack(
                "lease_until < clock_timestamp() and not (lease_owner = :owner and id = any(:running))",
                running,
                announce);
    }

    /** @param announce told, in the same transaction, of those that are over with it */
    private List<Build> takeBack(String which, Collection<UUID> running, Consumer<Build> announce) {
        return platform.call(() -> {
            List<Build> taken = jdbc.sql("""
                    update builds set
                        status = case when cancel_requested then 'CANCELLED' when attempt >= %1$d then 'FAILED' else 'QUEUED' end,
                        error = case when cancel_requested or attempt < %1$d then null else '%2$s' end,
                        finished_at = case when cancel_requested or attempt >= %1$d then clock_timestamp() end,
                        lease_owner = null, lease_until = null,
                        updated_at = clock_timestamp(), version = version + 1
                    where status = 'RUNNING' and %3$s
                    returning *""".formatted(ATTEMPTS, LOST, which))
                    .param("owner", owner)
                    .param("running", running.toArray(UUID[]::new))
                    .query(store::row)
                    .list();
            taken.stream().filter(build -> build.status().isFinal()).forEach(announce);
            return taken;
        });
    }
}
