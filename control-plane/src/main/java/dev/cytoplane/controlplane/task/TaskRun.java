package dev.cytoplane.controlplane.task;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task.
 *
 * @param release what it runs; null until its data plane has begun
 * @param message one sentence: what it waits for, or how it ended
 * @param scheduledFor when the schedule wanted it; null when somebody ordered it
 * @param instance whose log is the run's; null until its data plane has begun
 */
record TaskRun(
        UUID id,
        UUID componentId,
        UUID environmentId,
        String environment,
        @Nullable String release,
        Status status,
        String message,
        List<String> arguments,
        @Nullable Instant scheduledFor,
        @Nullable String instance,
        int attempts,
        @Nullable Integer exitCode,
        String requestedBy,
        boolean cancelRequested,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long version) {

    enum Status {
        /** Ordered, and not begun. */
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        boolean hasEnded() {
            return this != PENDING && this != RUNNING;
        }
    }
}
