package dev.cytoplane.gateway.snapshot;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The snapshot in force. A request keeps the one it began with. Whoever replaces it can wait for the requests that are
 * still about to reach an instance of the old one, so that the instance is not stopped under them.
 */
public final class InForce implements Supplier<Snapshot> {
    private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();

    private static final class Term {
        private final Snapshot snapshot;
        private final AtomicInteger unanswered = new AtomicInteger();

        Term(Snapshot snapshot) {
            this.snapshot = snapshot;
        }
    }

    /** One request's stay under a snapshot. */
    public static final class Visit {
        private final Term term;
        private final AtomicBoolean answered = new AtomicBoolean();

        private Visit(Term term) {
            this.term = term;
        }

        public Snapshot snapshot() {
            return term.snapshot;
        }

        /** The upstream has begun to answer, or the request is over. Only the first call counts. */
        public void answered() {
            if (answered.compareAndSet(false, true)) {
                term.unanswered.decrementAndGet();
            }
        }
    }

    private volatile Term term = new Term(Snapshot.EMPTY);

    @Override
    public Snapshot get() {
        return term.snapshot;
    }

    /** For a request; {@link Visit#answered()} must follow. */
    public Visit enter() {
        while (true) {
            Term current = term;
            current.unanswered.incrementAndGet();
            if (current == term) {
                return new Visit(current);
            }
            // Replaced between the two reads: whoever waits may have seen zero already.
            current.unanswered.decrementAndGet();
        }
    }

    /** Whether a configuration was ever put in force. */
    public boolean isReady() {
        return term.snapshot != Snapshot.EMPTY;
    }

    /**
     * Puts {@code next} in force.
     *
     * @return waits until the requests that began before are answered or {@code patience} is over; to be called once
     */
    public Leaving replace(Snapshot next) {
        Term old = term;
        term = new Term(next);
        return patience -> {
            long end = System.nanoTime() + patience.toNanos();
            while (old.unanswered.get() > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        };
    }

    /** The old snapshot on its way out. */
    public interface Leaving {
        void await(Duration patience);
    }
}
