package dev.cytoplane.process;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubles from {@code first} to {@code longest}, with up to a quarter taken off at
 * random so that what failed together does not come back together, and starts again after a run of {@code stableAfter}.
 * Not thread-safe.
 */
public final class BackOff {

    private final Duration first;
    private final Duration longest;
    private final Duration stableAfter;
    private final RandomGenerator random;
    private int failures;

    public BackOff(Duration first, Duration longest, Duration stableAfter, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.stableAfter = stableAfter;
        this.random = random;
    }

    /** The wait after a try that lasted {@code ran}. */
    public Duration after(Duration ran) {
        if (ran.compareTo(stableAfter) >= 0) {
            failures = 0;
        }
        long doubled = first.toMillis() << Math.min(failures++, 30);
        long bounded = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(bounded - random.nextLong(bounded / 4 + 1));
    }

    /** The next wait is the first one again. */
    public void reset() {
        failures = 0;
    }

    /** Tries that failed since the last stable one. */
    public int failures() {
        return failures;
    }
}
