package dev.cytoplane.controlplane.stream;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one who waits. However often it is called before somebody waits, it wakes once. Thread-safe. */
public final class Wakeup {

    private final Semaphore calls = new Semaphore(0);

    public void call() {
        calls.release();
    }

    /**
     * Returns when it was called after the last return, or the time is over.
     *
     * @return whether it was called
     */
    public boolean await(Duration most) throws InterruptedException {
        if (!calls.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        // Whatever they were about is there to be seen now.
        calls.drainPermits();
        return true;
    }
}
