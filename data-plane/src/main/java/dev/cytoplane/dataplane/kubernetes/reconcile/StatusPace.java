package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When a cell's status is written: at once where the answer to it changes, and else, while its parts come up one by one, no
 * more often than every two seconds. A write of it costs the API server as much as three of what the cell is made of.
 */
final class StatusPace {

    static final Duration BETWEEN = Duration.ofSeconds(2);

    private static final Set<String> ANSWERS = Set.of(CellResourceStatus.READY, CellResourceStatus.APPLIED);

    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    /** How long a status is to wait; zero when it is to be written now, which it is taken to be. */
    Duration untilWritten(String cell, @Nullable CellResourceStatus before, CellResourceStatus status, Instant now) {
        Instant last = written.get(cell);
        if (last != null && before != null && isProgress(before, status)) {
            Duration left = Duration.between(now, last.plus(BETWEEN));
            if (left.isPositive()) {
                return left;
            }
        }
        // An older one decides nothing.
        written.values().removeIf(time -> time.plus(BETWEEN).isBefore(now));
        written.put(cell, now);
        return Duration.ZERO;
    }

    private static boolean isProgress(CellResourceStatus before, CellResourceStatus status) {
        return before.observedGeneration() == status.observedGeneration()
                && answers(before).equals(answers(status));
    }

    private static Set<List<String>> answers(CellResourceStatus status) {
        return status.conditions().stream()
                .filter(condition -> ANSWERS.contains(condition.getType()))
                .map(StatusPace::answer)
                .collect(Collectors.toSet());
    }

    private static List<String> answer(Condition condition) {
        return List.of(condition.getType(), condition.getStatus(), condition.getReason());
    }
}
