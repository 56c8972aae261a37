package dev.cytoplane.cli.resource;

import java.time.Duration;
import java.time.Instant;

/** A time as people say it: {@code 5 min ago}. */
final class Ago {

    private Ago() {}

    static String of(Instant time, Instant now) {
        long seconds = Math.max(0, Duration.between(time, now).toSeconds());
        if (seconds < 60) {
            return seconds + " s ago";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h ago" : seconds / 86_400 + " days ago";
    }
}
