package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a new agent must know of a run, before and after its end. On disk, for this user only.
 *
 * @param release what it runs; that of the workload when it was ordered, until it begins
 * @param deadline when it is ended if it goes on; null until it begins
 */
record TaskRecord(
        UUID id,
        String cell,
        String component,
        String instance,
        @Nullable Instant scheduledFor,
        List<String> arguments,
        String release,
        RunPhase phase,
        Instant orderedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant deadline,
        int attempts,
        int retries,
        int gracePeriodSeconds,
        @Nullable Integer exitCode,
        String message) {

    TaskRecord begun(String release, Instant now, Instant until, int retries, int gracePeriodSeconds) {
        return new TaskRecord(
                id,
                cell,
                component,
                instance,
                scheduledFor,
                arguments,
                release,
                RunPhase.RUNNING,
                orderedAt,
                startedAt == null ? now : startedAt,
                null,
                deadline == null ? until : deadline,
                attempts + 1,
                retries,
                gracePeriodSeconds,
                null,
                attempts == 0 ? "It runs." : "It runs, for the %d. time.".formatted(attempts + 1));
    }

    TaskRecord waiting(@Nullable Integer code, String message) {
        return with(RunPhase.WAITING, null, code, message);
    }

    TaskRecord ended(RunPhase phase, Instant now, @Nullable Integer code, String message) {
        return with(phase, now, code, message);
    }

    private TaskRecord with(RunPhase phase, @Nullable Instant endedAt, @Nullable Integer code, String message) {
        return new TaskRecord(
                id,
                cell,
                component,
                instance,
                scheduledFor,
                arguments,
                release,
                phase,
                orderedAt,
                startedAt,
                endedAt,
                deadline,
                attempts,
                retries,
                gracePeriodSeconds,
                code,
                message);
    }

    CellStatus.Run view() {
        return new CellStatus.Run(
                id, scheduledFor, release, phase, instance, startedAt, endedAt, attempts, exitCode, message);
    }
}
