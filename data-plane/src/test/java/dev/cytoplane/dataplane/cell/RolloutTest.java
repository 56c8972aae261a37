package dev.cytoplane.dataplane.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.CellStatus.InstancePhase;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.runtime.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In the table "2/1!" is the instance of revision 2 in slot 1; ! is ready, ? starting, ~ not ready any more. */
class RolloutTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    static Stream<Arguments> table() {
        return Stream.of(
                // what happens, replicas, served last, what runs, serve, retire, phase
                row("nothing runs yet", 1, "", "", "", "", Phase.PROGRESSING),
                row("the first starts", 1, "", "2/0?", "", "", Phase.PROGRESSING),
                row("the first is ready", 1, "", "2/0!", "2/0", "", Phase.READY),
                row("one of two is ready", 2, "", "2/0! 2/1?", "2/0", "", Phase.PROGRESSING),
                row("the old one serves until the new one is ready", 1, "1", "1/0! 2/0?", "1/0", "", Phase.PROGRESSING),
                row("then it goes", 1, "1", "1/0! 2/0!", "2/0", "1/0", Phase.READY),
                row(
                        "two old ones serve until both are ready",
                        2,
                        "1",
                        "1/0! 1/1! 2/0! 2/1?",
                        "1/0 1/1",
                        "",
                        Phase.PROGRESSING),
                row(
                        "an old one that is not ready stays while it may serve again",
                        2,
                        "1",
                        "1/0! 1/1~ 2/0?",
                        "1/0",
                        "",
                        Phase.PROGRESSING),
                row(
                        "nothing old is ready: the new ones serve, few as they are",
                        2,
                        "1",
                        "1/0~ 2/0! 2/1?",
                        "2/0",
                        "",
                        Phase.PROGRESSING),
                row(
                        "a release that never served goes when a third is asked for",
                        1,
                        "0",
                        "0/0! 1/0! 2/0?",
                        "0/0",
                        "1/0",
                        Phase.PROGRESSING),
                row("what ran before serves, known or not", 1, "", "1/0! 2/0?", "1/0", "", Phase.PROGRESSING),
                row("fewer are asked for", 1, "2", "2/0! 2/1! 2/2!", "2/0", "2/1 2/2", Phase.READY),
                row("more are asked for", 3, "2", "2/0! 2/1? 2/2?", "2/0", "", Phase.DEGRADED),
                row("what served is not ready any more", 1, "2", "2/0~", "", "", Phase.DEGRADED),
                row("none is asked for", 0, "", "2/0! 2/1?", "", "2/0 2/1", Phase.READY));
    }

    private static Arguments row(
            String what, int replicas, String served, String runs, String serve, String retire, Phase phase) {
        return Arguments.of(what, replicas, served, runs, serve, retire, phase);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void decides(String what, int replicas, String served, String runs, String serve, String retire, Phase phase) {
        Rollout.Plan plan = Rollout.plan(input(replicas, served, null, false), instances(runs), NOW);

        assertThat(plan.serve()).extracting(Instance::id).containsExactlyElementsOf(words(serve));
        assertThat(plan.retire()).extracting(Instance::id).containsExactlyElementsOf(words(retire));
        assertThat(plan.phase()).isEqualTo(phase);
        assertThat(plan.complete()).isEqualTo(phase == Phase.READY);
    }

    @Test
    void neverRetiresWhatServes() {
        table().forEach(row -> {
            Object[] cells = row.get();
            Rollout.Plan plan = Rollout.plan(
                    input((int) cells[1], (String) cells[2], null, false), instances((String) cells[3]), NOW);
            assertThat(plan.serve()).noneMatch(plan.retire()::contains);
        });
    }

    @Test
    void failsAfterThreeEndsBeforeItWasReady() {
        assertThat(phase(failing(2, Duration.ofSeconds(5)))).isEqualTo(Phase.PROGRESSING);
        assertThat(phase(failing(3, Duration.ofSeconds(5)))).isEqualTo(Phase.FAILED);
    }

    @Test
    void failsAfterOneEndWhenItsTimeToStartIsOver() {
        assertThat(phase(failing(1, Duration.ofSeconds(59)))).isEqualTo(Phase.PROGRESSING);
        assertThat(phase(failing(1, Duration.ofSeconds(60)))).isEqualTo(Phase.FAILED);
        assertThat(phase(failing(0, Duration.ofSeconds(600)))).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void tellsTheCause() {
        Rollout.Plan plan = Rollout.plan(input(2, "", null, false), List.of(failing(1, Duration.ZERO)), NOW);
        assertThat(plan.message()).isEqualTo("0 of 2 instances are ready. It exited with code 3");
    }

    @Test
    void whatCannotBeStartedLeavesWhatServesAlone() {
        Rollout.Plan again = Rollout.plan(input(1, "1", "no artifact", false), instances("1/0!"), NOW);
        assertThat(again.serve()).extracting(Instance::id).containsExactly("1/0");
        assertThat(again.retire()).isEmpty();
        assertThat(again.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(again.message()).isEqualTo("no artifact");
        Rollout.Plan never = Rollout.plan(input(1, "1", "no secret", true), instances("1/0!"), NOW);
        assertThat(never.phase()).isEqualTo(Phase.FAILED);
        assertThat(never.serve()).extracting(Instance::id).containsExactly("1/0");
    }

    private static Rollout.Input input(int replicas, String served, @Nullable String trouble, boolean isFinal) {
        return new Rollout.Input(
                "2",
                replicas,
                Optional.of(served).filter(revision -> !revision.isEmpty()),
                Duration.ofSeconds(60),
                trouble,
                isFinal);
    }

    private static Phase phase(Instance instance) {
        return Rollout.plan(input(1, "", null, false), List.of(instance), NOW).phase();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static List<Instance> instances(String text) {
        return words(text).stream()
                .map(word -> instance(
                        word.substring(0, 3),
                        switch (word.charAt(3)) {
                            case '!' -> InstancePhase.READY;
                            case '?' -> InstancePhase.STARTING;
                            default -> InstancePhase.UNREADY;
                        },
                        0,
                        Duration.ZERO))
                .toList();
    }

    private static Instance failing(int times, Duration age) {
        return instance("2/0", InstancePhase.BACKING_OFF, times, age);
    }

    private static Instance instance(String id, InstancePhase phase, int failedStarts, Duration age) {
        String revision = id.substring(0, 1);
        return new Instance(
                id,
                "web",
                "r-" + revision,
                revision,
                id.charAt(2) - '0',
                phase,
                Map.of(),
                null,
                NOW.minus(age),
                NOW,
                0,
                failedStarts,
                failedStarts > 0 ? "It exited with code 3" : null,
                null,
                null);
    }
}
