package dev.cytoplane.controlplane.cell;

import dev.cytoplane.controlplane.stream.Topics;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts the changes of all cells, and wakes those of this process who wait for one of a data plane's. Thread-safe. */
@Component
public class CellChanges {

    private final JdbcClient jdbc;
    private final Topics<String, Signal> waiting = new Topics<>();

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
                waiting.at(dataPlane).forEach(Signal::raise);
            }
        });
        return revision;
    }

    /** Raised by every change of the data plane's cells until it is closed. */
    public Signal of(String dataPlane) {
        Signal signal = new Signal(dataPlane);
        waiting.add(dataPlane, signal);
        return signal;
    }

    /** Says that there is something to look at; for one who waits. */
    public final class Signal implements AutoCloseable {

        private final String dataPlane;
        private final Semaphore raised = new Semaphore(0);

        private Signal(String dataPlane) {
            this.dataPlane = dataPlane;
        }

        public void raise() {
            raised.release();
        }

        /** Returns when it was raised after the last return, or the time is over. */
        public void await(Duration limit) throws InterruptedException {
            if (raised.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                // However often: all of it is there to be seen now.
                raised.drainPermits();
            }
        }

        @Override
        public void close() {
            waiting.remove(dataPlane, this);
        }
    }
}
