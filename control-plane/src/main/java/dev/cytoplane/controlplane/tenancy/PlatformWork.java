package dev.cytoplane.controlplane.tenancy;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The platform's own work on the database: one transaction that sees every organization's rows. As {@link
 * Tenancy#asPlatform}, it is never for answering a caller.
 */
@Component
public class PlatformWork {

    private final Tenancy tenancy;
    private final TransactionTemplate transaction;

    PlatformWork(Tenancy tenancy, PlatformTransactionManager transactions) {
        this.tenancy = tenancy;
        this.transaction = new TransactionTemplate(transactions);
    }

    public <T> T call(Supplier<T> work) {
        return tenancy.asPlatform(() -> Objects.requireNonNull(transaction.execute(status -> work.get())));
    }

    public void run(Runnable work) {
        tenancy.asPlatform(() -> transaction.executeWithoutResult(status -> work.run()));
    }
}
