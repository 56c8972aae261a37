package dev.cytoplane.controlplane.gitops;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How delivery repositories are looked at.
 *
 * @param interval between two looks at one in which nothing changes: how long a change by somebody else stays unseen
 * @param concurrency how many are looked at at once
 * @param timeout how long one look may take; it is cut off then and tried again later
 * @param firstPause after a look that failed, doubled with each further one; a random half is taken off, so that many do not
 *     come back at once
 * @param longestPause where the doubling ends
 */
@ConfigurationProperties("cytoplane.gitops")
record GitOpsSettings(
        @DefaultValue("60s") Duration interval,
        @DefaultValue("2") int concurrency,
        @DefaultValue("4m") Duration timeout,
        @DefaultValue("2s") Duration firstPause,
        @DefaultValue("5m") Duration longestPause) {

    /** @param attempts that failed, from 1 @param random from 0 to 1 */
    Duration pauseAfter(int attempts, double random) {
        long doubled = firstPause.toMillis() << Math.clamp(attempts - 1L, 0, 20);
        long pause = Math.min(doubled, longestPause.toMillis());
        return Duration.ofMillis(pause - (long) (pause / 2.0 * random));
    }
}
