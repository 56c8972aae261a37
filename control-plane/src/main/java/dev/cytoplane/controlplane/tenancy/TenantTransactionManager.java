package dev.cytoplane.controlplane.tenancy;

import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells PostgreSQL at the start of each transaction whose rows it may see. */
@Component("transactionManager")
public class TenantTransactionManager extends JdbcTransactionManager {

    private final transient Tenancy tenancy;
    private final transient DataSource pool;

    TenantTransactionManager(DataSource dataSource, Tenancy tenancy) {
        super(dataSource);
        this.pool = dataSource;
        this.tenancy = tenancy;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        var holder = (ConnectionHolder) Objects.requireNonNull(TransactionSynchronizationManager.getResource(pool));
        try {
            Tenancy.tell(holder.getConnection(), tenancy.setting());
        } catch (RuntimeException e) {
            // Begun, but of no use: the connection goes back, else each restart of the database would cost some.
            doCleanupAfterCompletion(transaction);
            throw new CannotCreateTransactionException("The transaction could not be told its organization", e);
        }
    }
}
