package dev.cytoplane.dataplane;

import static dev.cytoplane.dataplane.testing.TestCells.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.contracts.link.LogLine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A task of a cell, ordered over the link and told of by the cell's status. */
class TaskTest extends WithAgent {

    private static final Cell.Task MANUAL = new Cell.Task(null, "UTC", Concurrency.FORBID, 600, 0);

    @Test
    void runsWhenItIsOrderedAndTellsWhatBecameOfIt() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build(), task(1, "echo run of $GREETING")));
        awaitPhase(1, Phase.READY);
        assertThat(component("report").message()).isEqualTo("It is ready to run");
        assertThat(component("report").servingRelease()).isEqualTo("r-1");
        assertThat(component("report").instances()).isEmpty();

        UUID run = UUID.randomUUID();
        LinkEvent order = new LinkEvent.RunWanted(run, CELL, "report", List.of());
        link.say(order);
        link.say(order);
        awaitRun(run, RunPhase.SUCCEEDED);
        assertThat(Objects.requireNonNull(component("report").task()).runs()).hasSize(1);

        var lines = link.readLogs(new LinkEvent.LogsWanted(
                "of-the-run", CELL, "report", seen(run).orElseThrow().instance(), 10, false));
        LogLine line = lines.poll(30, TimeUnit.SECONDS);
        assertThat(line).isNotNull();
        assertThat(line.text()).isEqualTo("run of alice");
        assertThat(get("/").body()).as("what runs on and on is not touched").isEqualTo("1");
    }

    @Test
    void anOrderForWhatIsNotThereIsForTheNextTime() throws Exception {
        UUID run = UUID.randomUUID();
        LinkEvent order = new LinkEvent.RunWanted(run, CELL, "report", List.of());
        await().atMost(PATIENCE).until(link::isWatched);
        link.say(order);
        link.put(cell("shop", 1, task(1, "true")));
        awaitPhase(1, Phase.READY);
        link.say(order);

        awaitRun(run, RunPhase.SUCCEEDED);
    }

    @Test
    void goesOnWithItsReleaseWhileItsComponentIsDeployedAnewAndEndsWithIt() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build(), task(1, "sleep 600")));
        awaitPhase(1, Phase.READY);
        UUID run = UUID.randomUUID();
        link.say(new LinkEvent.RunWanted(run, CELL, "report", List.of()));
        awaitRun(run, RunPhase.RUNNING);

        link.put(cell("shop", 2, release("web", 1).build(), task(2, "true")));
        awaitPhase(2, Phase.READY);
        assertThat(seen(run).orElseThrow().phase()).isEqualTo(RunPhase.RUNNING);
        assertThat(seen(run).orElseThrow().release()).isEqualTo("r-1");
        UUID next = UUID.randomUUID();
        link.say(new LinkEvent.RunWanted(next, CELL, "report", List.of()));
        awaitRun(next, RunPhase.SUCCEEDED);
        assertThat(seen(next).orElseThrow().release()).isEqualTo("r-2");

        link.put(cell("shop", 3, release("web", 1).build()));
        awaitPhase(3, Phase.READY);
        await().atMost(PATIENCE).until(() -> !runtime.tasks().isBusy(CELL));
    }

    @Test
    void isCancelledOverTheLink() {
        link.put(cell("shop", 1, task(1, "sleep 600")));
        awaitPhase(1, Phase.READY);
        UUID run = UUID.randomUUID();
        link.say(new LinkEvent.RunWanted(run, CELL, "report", List.of()));
        awaitRun(run, RunPhase.RUNNING);
        link.say(new LinkEvent.RunUnwanted(run, CELL, "report"));

        awaitRun(run, RunPhase.CANCELLED);
    }

    @Test
    void aCellThatIsDeletedTakesItsRunsWithIt() {
        link.put(cell("shop", 1, task(1, "sleep 600")));
        awaitPhase(1, Phase.READY);
        UUID run = UUID.randomUUID();
        link.say(new LinkEvent.RunWanted(run, CELL, "report", List.of()));
        awaitRun(run, RunPhase.RUNNING);
        link.delete(CELL);

        await().atMost(PATIENCE)
                .until(() -> link.status(CELL).orElseThrow().components().isEmpty());
        assertThat(runtime.tasks().isBusy(CELL)).isFalse();
    }

    private Cell.Component task(int version, String script) {
        return release("report", version)
                .command("/bin/sh", "-c", script)
                .environment(Map.of("GREETING", "alice"))
                .task(MANUAL)
                .build();
    }

    private void awaitRun(UUID run, RunPhase phase) {
        await().atMost(PATIENCE)
                .until(() -> seen(run).map(CellStatus.Run::phase).orElse(null) == phase);
    }

    private Optional<CellStatus.Run> seen(UUID run) {
        CellStatus.Task task = component("report").task();
        return task == null
                ? Optional.empty()
                : task.runs().stream().filter(it -> it.id().equals(run)).findFirst();
    }
}
