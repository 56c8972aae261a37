package dev.cytoplane.controlplane.cell;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts the changes of all cells, and wakes those of this process who wait for one. Thread-safe. */
@Component
public class CellChanges {

    private final JdbcClient jdbc;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long signals;

    CellChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The next revision. Everyone who wants one waits from here until this transaction ends, so take it last: after
     * audit and outbox, or two transactions could wait for each other.
     */
    long nextRevision() {
        long revision = jdbc.sql("update link_revision set value = value + 1 returning value")
                .query(Long.class)
                .single();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                signal();
            }
        });
        return revision;
    }

    /** What {@link #await} is given to notice whatever changes after this call. */
    public long signals() {
        lock.lock();
        try {
            return signals;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes everyone: something changed, or someone has something to say on their link. */
    public void signal() {
        lock.lock();
        try {
            signals++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when there were more signals than {@code seen}, or the time is over. */
    public void await(long seen, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        if (!lock.tryLock(left, TimeUnit.NANOSECONDS)) {
            return;
        }
        try {
            while (signals == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
