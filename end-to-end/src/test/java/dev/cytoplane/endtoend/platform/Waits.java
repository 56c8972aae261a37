package dev.cytoplane.endtoend.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Waiting for what comes soon. Each wait has an end far beyond what is usual; none says that something is fast. */
public final class Waits {

    public static final Duration LONG = Duration.ofMinutes(2);
    public static final Duration USUAL = Duration.ofMinutes(1);
    /** For a platform that has to start, with its cells. */
    public static final Duration START = Duration.ofMinutes(3);

    private Waits() {}

    /** Until the assertion holds; an exception counts as "not yet". */
    public static void until(String what, ThrowingRunnable assertion) {
        until(what, USUAL, assertion);
    }

    public static void until(String what, Duration atMost, ThrowingRunnable assertion) {
        waiting(what, atMost).untilAsserted(assertion);
    }

    /** The same where each look starts a program: looking must not be what keeps the machine busy. */
    public static void untilSeldom(String what, Duration atMost, ThrowingRunnable assertion) {
        waiting(what, atMost).pollInterval(Duration.ofSeconds(1)).untilAsserted(assertion);
    }

    /** Until there is a value. */
    public static <T> T value(String what, Duration atMost, Callable<Optional<T>> source) {
        return waiting(what, atMost).until(source, Optional::isPresent).orElseThrow();
    }

    private static ConditionFactory waiting(String what, Duration atMost) {
        return Awaitility.await(what)
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions();
    }
}
