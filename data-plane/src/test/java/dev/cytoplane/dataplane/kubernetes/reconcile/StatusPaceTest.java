package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusPaceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final StatusPace pace = new StatusPace();

    @Test
    void progressWaitsUntilTwoSecondsAfterWhatWasWrittenLast() {
        CellResourceStatus first = status(1, "Progressing", "0 of 5 ready");
        assertThat(wait(null, first, 0)).isZero();

        assertThat(wait(first, status(1, "Progressing", "1 of 5 ready"), 500)).isEqualTo(Duration.ofMillis(1500));
        assertThat(wait(first, status(1, "Progressing", "3 of 5 ready"), 1999)).isEqualTo(Duration.ofMillis(1));
        assertThat(wait(first, status(1, "Progressing", "4 of 5 ready"), 2000)).isZero();
        assertThat(wait(first, status(1, "Progressing", "4 of 5 ready"), 3000)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anAnswerIsWrittenAtOnce() {
        CellResourceStatus progressing = status(1, "Progressing", "4 of 5 ready");
        wait(null, progressing, 0);

        assertThat(wait(progressing, status(1, "AllReady", "Everything runs"), 1))
                .isZero();
        assertThat(wait(progressing, status(1, "Failed", "It cannot start"), 2)).isZero();
        assertThat(wait(progressing, status(2, "Progressing", "4 of 5 ready"), 3))
                .isZero();
        assertThat(wait(progressing, refused(), 4)).isZero();
    }

    @Test
    void whatOneCellWritesKeepsNoOtherBack() {
        CellResourceStatus progressing = status(1, "Progressing", "0 of 5 ready");
        wait(null, progressing, 0);

        assertThat(pace.untilWritten("other", progressing, status(1, "Progressing", "1 of 5 ready"), START))
                .isZero();
    }

    private Duration wait(@Nullable CellResourceStatus before, CellResourceStatus status, long millis) {
        return pace.untilWritten("cell", before, status, START.plusMillis(millis));
    }

    private static CellResourceStatus status(long generation, String reason, String message) {
        return status(generation, condition(CellResourceStatus.READY, reason.equals("AllReady"), reason, message));
    }

    private static CellResourceStatus refused() {
        return status(
                1,
                condition(CellResourceStatus.READY, false, "Progressing", "4 of 5 ready"),
                condition(CellResourceStatus.APPLIED, false, "Refused", "quota"));
    }

    private static CellResourceStatus status(long generation, Condition... conditions) {
        return new CellResourceStatus(generation, "namespace", List.of(conditions), List.of(), null);
    }

    private static Condition condition(String type, boolean holds, String reason, String message) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(holds ? "True" : "False")
                .withReason(reason)
                .withMessage(message)
                .build();
    }
}
