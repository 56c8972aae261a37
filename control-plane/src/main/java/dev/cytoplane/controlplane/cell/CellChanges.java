package dev.cytoplane.controlplane.cell;

import dev.cytoplane.controlplane.stream.Topics;
import dev.cytoplane.controlplane.stream.Wakeup;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts the changes of all cells, and wakes those of this process who wait for one of a data plane's. Thread-safe. */
@Component
public class CellChanges {

    private final JdbcClient jdbc;
    private final Topics<String, Wakeup> waiting = new Topics<>();

    CellChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The next revision, for a change of a data plane's cell. Everyone who wants one waits from here until this transaction
     * ends, so take it last: after audit and outbox, or two transactions could wait for each other.
     */
    long nextRevision(String dataPlane) {
        long revision = jdbc.sql("update link_revision set value = value + 1 returning value")
                .query(Long.class)
                .single();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                waiting.at(dataPlane).forEach(Wakeup::call);
            }
        });
        return revision;
    }

    /** Calls it after every change of the data plane's cells, until it is {@linkplain #forget forgotten}. */
    public void tell(String dataPlane, Wakeup wakeup) {
        waiting.add(dataPlane, wakeup);
    }

    public void forget(String dataPlane, Wakeup wakeup) {
        waiting.remove(dataPlane, wakeup);
    }
}
