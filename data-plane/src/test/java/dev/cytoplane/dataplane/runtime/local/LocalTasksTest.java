package dev.cytoplane.dataplane.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.dataplane.port.Ports;
import dev.cytoplane.dataplane.runtime.Tasks;
import dev.cytoplane.dataplane.runtime.Workload;
import dev.cytoplane.dataplane.testing.MovingClock;
import dev.cytoplane.dataplane.testing.TestCells;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks as real processes, by a clock that the tests move. */
class LocalTasksTest {

    private static final String CELL = "shop.production.acme";

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock(Duration.ZERO);
    private LocalRuntime runtime;
    private Tasks tasks;

    @BeforeEach
    void start() {
        runtime = new LocalRuntime(
                new LocalSettings(
                        folder.resolve("state"),
                        Path.of(System.getProperty("java.home")),
                        null,
                        null,
                        Duration.ofMillis(50),
                        Duration.ofMillis(200)),
                new Ports(new SecureRandom()),
                new SecureRandom(),
                clock);
        tasks = runtime.tasks();
        runtime.adopt(Set.of(CELL));
    }

    @AfterEach
    void stop() {
        runtime.endAll(Duration.ofSeconds(10));
        runtime.close();
    }

    @Test
    void aRunSaysHowItEndedAndOnlyOnce() {
        tasks.offer(task(null, 0, "echo said $1", "sh"));
        UUID run = UUID.randomUUID();
        tasks.start(run, CELL, "report", List.of("monday; touch /tmp/never"));
        await().until(() -> phase(run) == RunPhase.SUCCEEDED);
        tasks.start(run, CELL, "report", List.of());

        CellStatus.Run seen = seen(run);
        assertThat(seen.exitCode()).isZero();
        assertThat(seen.attempts()).isEqualTo(1);
        assertThat(seen.startedAt()).isNotNull();
        assertThat(seen.endedAt()).isAfterOrEqualTo(seen.startedAt());
        assertThat(lines(seen)).as("no shell reads an argument").containsExactly("said monday; touch /tmp/never");
        assertThat(runs()).hasSize(1);
    }

    @Test
    void aFailureIsTriedAgainAndThenTold() {
        tasks.offer(task(null, 2, "echo no luck; exit 7"));
        UUID run = ordered();
        await().until(() -> phase(run) == RunPhase.FAILED);

        CellStatus.Run seen = seen(run);
        assertThat(seen.attempts()).isEqualTo(3);
        assertThat(seen.exitCode()).isEqualTo(7);
        assertThat(seen.message()).isEqualTo("It exited with code 7.");
        assertThat(lines(seen)).hasSize(3);
    }

    @Test
    void whatTakesTooLongIsEndedWithAllThatItStarted() {
        tasks.offer(task(null, 3, "sleep 600 & sleep 600"));
        UUID run = ordered();
        await().until(() -> phase(run) == RunPhase.RUNNING);
        clock.advance(Duration.ofHours(2));
        await().until(() -> phase(run) == RunPhase.FAILED);

        assertThat(seen(run).message()).contains("longer than the 3600 seconds");
        assertThat(seen(run).attempts()).as("its time is for all its tries").isEqualTo(1);
    }

    @Test
    void aRunIsCancelledAlsoBeforeItIsKnown() {
        tasks.offer(task(null, 0, "sleep 600"));
        UUID running = ordered();
        UUID later = UUID.randomUUID();
        await().until(() -> phase(running) == RunPhase.RUNNING);
        tasks.cancel(running, CELL, "report");
        tasks.cancel(later, CELL, "report");
        tasks.start(later, CELL, "report", List.of());

        await().until(() -> phase(running) == RunPhase.CANCELLED && phase(later) == RunPhase.CANCELLED);
        assertThat(seen(later).attempts()).isZero();
        assertThat(tasks.isBusy(CELL)).isFalse();
    }

    @Test
    void whatCannotBeStartedSaysSo() {
        tasks.offer(workload(how(null, Concurrency.FORBID, 0), "/no/such/program"));
        UUID run = ordered();
        await().until(() -> phase(run) == RunPhase.FAILED);

        assertThat(seen(run).message()).contains("127", "not found");
        assertThat(lines(seen(run))).singleElement().asString().contains("/no/such/program");
    }

    @Test
    void aScheduleStartsARunWhenItIsTimeAndNoneForWhatIsLongPast() {
        toTheMinute();
        Workload workload = task("*/10 * * * *", 0, "true");
        Duration wait = tasks.offer(workload).orElseThrow();
        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(runs()).isEmpty();

        Instant due =
                Objects.requireNonNull(tasks.of(CELL, "report").orElseThrow().nextRun());
        clock.advance(wait.plusMillis(1));
        assertThat(tasks.offer(workload))
                .hasValueSatisfying(next -> assertThat(next).isLessThanOrEqualTo(Duration.ofMinutes(10)));
        tasks.offer(workload);
        await().until(() -> runs().size() == 1 && runs().getFirst().phase() == RunPhase.SUCCEEDED);
        assertThat(runs().getFirst().scheduledFor()).isEqualTo(due);

        clock.advance(Duration.ofMinutes(36));
        restart();
        tasks.offer(workload);
        assertThat(runs())
                .as("the last was due too long ago, and those before do not count")
                .hasSize(1);
    }

    @Test
    void aStartThatWasMissedForAMomentIsMadeUpForOnce() {
        toTheMinute();
        Workload workload = task("* * * * *", 0, "true");
        tasks.offer(workload);
        clock.advance(Duration.ofMinutes(3));
        restart();
        tasks.offer(workload);
        await().until(() -> runs().size() == 1 && runs().getFirst().phase().hasEnded());
        tasks.offer(workload);

        assertThat(runs()).as("one for three minutes").hasSize(1);
    }

    @Test
    void aScheduleDoesWithTheRunBeforeWhatItsConcurrencySays() {
        toTheMinute();
        for (Concurrency concurrency : Concurrency.values()) {
            Workload workload =
                    workload(how("* * * * *", concurrency, 0), "/bin/sh", "-c", "sleep 600", concurrency.name());
            tasks.offer(workload);
            for (int minute = 0; minute < 2; minute++) {
                clock.advance(Duration.ofMinutes(1));
                tasks.offer(workload);
            }
            await().until(() -> underWay() == (concurrency == Concurrency.ALLOW ? 2 : 1)
                    && runs().size() == (concurrency == Concurrency.FORBID ? 1 : 2));
            tasks.keep(CELL, Set.of());
            await().until(() -> !tasks.isBusy(CELL));
        }
    }

    @Test
    void whatRunsIsTakenOverAndItsExitCodeIsKnown() throws Exception {
        tasks.offer(task(null, 0, "while [ ! -e \"$DATA_DIR/go\" ]; do sleep 0.05; done; exit 5"));
        UUID goesOn = ordered();
        await().until(() -> phase(goesOn) == RunPhase.RUNNING);
        runtime.close();
        start();
        await().until(() -> tasks.isBusy(CELL));
        java.nio.file.Files.createFile(folder.resolve("state/cells/" + CELL + "/report/data/go"));
        tasks.offer(task(null, 0, "true"));
        await().until(() -> phase(goesOn) == RunPhase.FAILED);

        assertThat(seen(goesOn).exitCode()).isEqualTo(5);
    }

    @Test
    void whatEndedWhileNobodyWatchedIsKnownAsWell() throws Exception {
        tasks.offer(task(null, 0, "while [ ! -e \"$DATA_DIR/go\" ]; do sleep 0.05; done; exit 6"));
        UUID run = ordered();
        await().until(() -> phase(run) == RunPhase.RUNNING);
        runtime.close();
        Path home = folder.resolve("state/cells/" + CELL + "/report");
        java.nio.file.Files.createFile(home.resolve("data/go"));
        await().until(() -> java.nio.file.Files.exists(home.resolve("runs/" + run + ".exit")));
        start();
        tasks.offer(task(null, 0, "true"));

        assertThat(phase(run)).isEqualTo(RunPhase.FAILED);
        assertThat(seen(run).exitCode()).isEqualTo(6);
    }

    @Test
    void onlyTheLastRunsAreKept() {
        tasks.offer(task(null, 0, "true"));
        for (int i = 0; i < CellStatus.MOST_RUNS + 5; i++) {
            ordered();
        }
        await().until(() -> !tasks.isBusy(CELL));

        await().until(() -> runs().size() == CellStatus.MOST_RUNS);
    }

    @Test
    void aTaskThatIsNotWantedAnyMoreLeavesNothing() {
        tasks.offer(task(null, 0, "sleep 600"));
        UUID run = ordered();
        await().until(() -> phase(run) == RunPhase.RUNNING);
        tasks.keep(CELL, Set.of());

        await().until(() -> !tasks.isBusy(CELL));
        await().until(() -> !java.nio.file.Files.exists(folder.resolve("state/cells/" + CELL + "/report/runs")));
        assertThat(tasks.of(CELL, "report")).isEmpty();
    }

    private void restart() {
        runtime.close();
        start();
    }

    private void toTheMinute() {
        Instant now = clock.instant();
        clock.advance(Duration.between(
                now,
                now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES).plusSeconds(5)));
    }

    private UUID ordered() {
        UUID run = UUID.randomUUID();
        tasks.start(run, CELL, "report", List.of());
        return run;
    }

    private List<CellStatus.Run> runs() {
        return tasks.of(CELL, "report").map(CellStatus.Task::runs).orElse(List.of());
    }

    private long underWay() {
        return runs().stream().filter(run -> !run.phase().hasEnded()).count();
    }

    private CellStatus.Run seen(UUID id) {
        return runs().stream().filter(run -> run.id().equals(id)).findFirst().orElseThrow();
    }

    private RunPhase phase(UUID id) {
        return seen(id).phase();
    }

    private List<String> lines(CellStatus.Run run) {
        return new LogFile(folder.resolve("state/cells/" + CELL + "/report/logs/" + run.instance() + ".log"))
                .tail(100).stream().map(LogFile.Line::text).toList();
    }

    private Workload task(@Nullable String schedule, int retries, String script, String... more) {
        List<String> command = new java.util.ArrayList<>(List.of("/bin/sh", "-c", script));
        command.addAll(List.of(more));
        return workload(how(schedule, Concurrency.FORBID, retries), command.toArray(String[]::new));
    }

    private static Cell.Task how(@Nullable String schedule, Concurrency concurrency, int retries) {
        return new Cell.Task(schedule, "Europe/Berlin", concurrency, 3600, retries);
    }

    private Workload workload(Cell.Task how, String... command) {
        Cell.Component component = TestCells.service("report")
                .release("r-000000000001", "sha256:00")
                .command(command)
                .task(how)
                .build();
        return new Workload(
                TestCells.cell("shop", 1, component).metadata(), component, "revision", folder, Map.of(), Map.of());
    }
}
