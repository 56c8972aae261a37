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
 * @param redeliverable whether it is a push of which enough is known to decide over it anew
 * @param redeliveryOf the delivery that was taken anew by somebody here
 */
record Delivery(
        UUID id,
        String delivery,
        String event,
        @Nullable String action,
        Outcome outcome,
        String message,
        @Nullable UUID build,
        boolean redeliverable,
        @Nullable UUID redeliveryOf,
        Instant createdAt) {

    enum Outcome {
        BUILD_QUEUED,
        IGNORED,
        PONG
    }
}
