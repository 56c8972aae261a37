package dev.cytoplane.controlplane.event;

import java.time.Duration;

/** The pause before an event comes again: doubles from a quarter of a second to a minute. */
record Backoff(Duration first, Duration most) {

    static final Backoff STANDARD = new Backoff(Duration.ofMillis(250), Duration.ofMinutes(1));

    Duration after(int attempts) {
        long doubled = first.toMillis() << Math.min(attempts - 1, 20);
        return Duration.ofMillis(Math.min(doubled, most.toMillis()));
    }
}
