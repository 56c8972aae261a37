package dev.cytoplane.cli.resource;

import java.time.Duration;
import java.time.Instant;

/** A time as people say it: {@code 5 min ago}, {@code in 89 days}. */
final class Ago {

    private Ago() {}

    static String of(Instant time, Instant now) {
        long seconds = Duration.between(time, now).toSeconds();
        // Clocks differ a little: what just happened has not to come yet.
        return seconds < -60 ? "in " + span(-seconds) : span(Math.max(0, seconds)) + " ago";
    }

    /** For what has still to come; {@code now} when its time is there. */
    static String ahead(Instant time, Instant now) {
        long seconds = Duration.between(now, time).toSeconds();
        return seconds <= 0 ? "now" : "in " + span(seconds);
    }

    private static String span(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }
}
