package dev.cytoplane.dataplane.kubernetes.reconcile;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to look again although nothing has been heard: a change whose event was lost is seen then, as the operator SDK may lose that
 * of somebody who writes in the moment that we write (operator-framework/java-operator-sdk#3398). What is as it should be costs no
 * request.
 */
final class AnyWay {

    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final long SPREAD_MILLIS = Duration.ofMinutes(1).toMillis();

    private AnyWay() {}

    /** Not the same for all, so that they do not come at once. */
    static Duration soon() {
        return INTERVAL.plusMillis(ThreadLocalRandom.current().nextLong(SPREAD_MILLIS));
    }
}
