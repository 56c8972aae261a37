package dev.cytoplane.controlplane.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The organization whose rows this thread may see. Bound to the thread; each transaction tells it to PostgreSQL when it
 * starts, and a running transaction is told when it changes. A thread that entered nothing sees no tenant's rows.
 */
@Component
public class Tenancy {

    static final String PLATFORM = "*";
    static final String NOBODY = "";
    private static final String TRANSACTION_FAILED = "25P02";

    private final ThreadLocal<@Nullable String> current = new ThreadLocal<>();
    private final DataSource dataSource;

    Tenancy(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** For the rest of this request. {@code access.Access} calls it after its checks; nothing else should. */
    public void enter(UUID organizationId) {
        set(organizationId.toString());
    }

    public <T> T in(UUID organizationId, Supplier<T> work) {
        return as(organizationId.toString(), work);
    }

    public void in(UUID organizationId, Runnable work) {
        in(organizationId, () -> {
            work.run();
            return true;
        });
    }

    /** Sees every organization's rows: for background work and for looking up an owner, never for answering a caller. */
    public <T> T asPlatform(Supplier<T> work) {
        return as(PLATFORM, work);
    }

    public void asPlatform(Runnable work) {
        asPlatform(() -> {
            work.run();
            return true;
        });
    }

    /** Back to seeing nothing: at the end of a request. */
    void clear() {
        current.remove();
    }

    String setting() {
        String value = current.get();
        return value == null ? NOBODY : value;
    }

    private <T> T as(String setting, Supplier<T> work) {
        String before = setting();
        set(setting);
        try {
            return work.get();
        } finally {
            set(before);
        }
    }

    private void set(String setting) {
        if (setting.equals(setting())) {
            return;
        }
        current.set(setting);
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            tell(DataSourceUtils.getConnection(dataSource), setting);
        }
    }

    /** For the rest of the connection's transaction. */
    static void tell(Connection connection, String setting) {
        try (var statement = connection.prepareStatement("select set_config('cytoplane.organization', ?, true)")) {
            statement.setString(1, setting);
            statement.execute();
        } catch (SQLException e) {
            // A transaction that already failed takes no more statements, and needs none: it can only roll back.
            if (!TRANSACTION_FAILED.equals(e.getSQLState())) {
                throw new IllegalStateException("The transaction could not be told its organization", e);
            }
        }
    }
}
