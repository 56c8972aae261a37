package dev.cytoplane.controlplane.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was proven, and what came of it.
 *
 * @param delivery the sender's number for it
 * @param event the sender's name of what happened
 * @param action what exactly, where the event has that
 * @param message one sentence on the outcome
 */
record Delivery(
        UUID id,
        String delivery,
        String event,
        @Nullable String action,
        Outcome outcome,
        String message,
        @Nullable UUID build,
        Instant createdAt) {

    enum Outcome {
        BUILD_QUEUED,
        IGNORED,
        PONG
    }
}
