package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends what takes too long. Should it become ready later after all, it is live all the same. */
@Component
class Deadlines {

    private static final int BATCH = 100;

    private final DeploymentStore store;
    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Deadlines(
            DeploymentStore store,
            JdbcClient jdbc,
            Tenancy tenancy,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelay = 5000)
    void enforce() {
        tenancy.asPlatform(() -> {
            for (UUID overdue : transaction.execute(status -> overdue())) {
                transaction.executeWithoutResult(status -> store.find(overdue).ifPresent(this::fail));
            }
        });
    }

    private List<UUID> overdue() {
        return jdbc.sql("""
                select id from deployments where status in ('PENDING', 'PROGRESSING') and deadline < ?
                order by deadline limit ?""")
                .params(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC), BATCH)
                .query(UUID.class)
                .list();
    }

    private void fail(Deployment deployment) {
        String reason = deployment.status() == DeploymentStatus.PENDING
                ? "No data plane took it up in time: is the one of " + deployment.environment() + " connected?"
                : "It did not become ready in time. " + deployment.message();
        store.move(deployment, DeploymentStatus.FAILED, reason, List.of());
    }
}
