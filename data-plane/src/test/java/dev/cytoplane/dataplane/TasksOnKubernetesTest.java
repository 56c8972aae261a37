package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of a whole data plane of a real cluster. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class TasksOnKubernetesTest {

    private static final Duration PATIENCE = AgentOnKubernetes.PATIENCE;

    private Cluster cluster;
    private TestLink link;
    private AgentOnKubernetes dataPlane;
    private Cell.Artifact one;

    @BeforeAll
    void anAgentJoins(Cluster given, @TempDir Path folder) throws IOException {
        cluster = given;
        link = new TestLink(Clock.systemUTC());
        dataPlane = new AgentOnKubernetes(cluster, folder, link);
        one = TestPlane.artifact(link, "one");
        dataPlane.start();
    }

    @AfterAll
    void nothingIsLeft() {
        dataPlane.close();
        link.close();
    }

    @Test
    void aTaskRunsWhenItIsOrderedAndByItsScheduleAndItsEndIsTold() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.cell(
                project, task("report", null, "java"), task("tick", "* * * * *", "java", "--version")));
        CellStatus ready = dataPlane.ready(cell, 1);
        assertThat(ready.components()).allSatisfy(component -> {
            assertThat(component.message()).isEqualTo("It is ready to run");
            assertThat(component.servingRelease()).isEqualTo("r-000000000001");
            assertThat(component.instances()).isEmpty();
        });

        UUID well = UUID.randomUUID();
        UUID badly = UUID.randomUUID();
        UUID never = UUID.randomUUID();
        link.say(new LinkEvent.RunWanted(well, cell, "report", List.of("--version")));
        link.say(new LinkEvent.RunWanted(well, cell, "report", List.of("--version")));
        link.say(new LinkEvent.RunWanted(badly, cell, "report", List.of("no.such.Program; true")));
        link.say(new LinkEvent.RunUnwanted(never, cell, "report"));
        dataPlane.until(cell, status -> {
            assertThat(run(status, "report", well).phase()).isEqualTo(RunPhase.SUCCEEDED);
            assertThat(run(status, "report", badly).phase()).isEqualTo(RunPhase.FAILED);
            assertThat(run(status, "report", badly).exitCode()).isEqualTo(1);
            assertThat(run(status, "report", badly).message()).isEqualTo("It exited with code 1.");
            assertThat(run(status, "report", never).phase()).isEqualTo(RunPhase.CANCELLED);
            assertThat(runs(status, "report")).hasSize(3);
        });
        BlockingQueue<LogLine> log = link.readLogs(new LinkEvent.LogsWanted(
                cluster.unique(),
                cell,
                "report",
                run(link.status(cell).orElseThrow(), "report", well).instance(),
                100,
                false));
        LogLine line = log.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(line).isNotNull();
        assertThat(line.text()).contains("openjdk");

        dataPlane.until(
                cell,
                status -> assertThat(runs(status, "tick")).anySatisfy(run -> {
                    assertThat(run.phase()).isEqualTo(RunPhase.SUCCEEDED);
                    assertThat(run.scheduledFor()).isNotNull();
                }));
        link.delete(cell);
    }

    @Test
    void aRunIsEndedWhenItIsCancelledAndWhenItTakesTooLong() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.cell(
                project,
                ExampleCells.component("endless", one)
                        .environment(Map.of("PORT", "8080"))
                        .task(new Cell.Task(null, "UTC", Concurrency.FORBID, 600, 0))
                        .build(),
                ExampleCells.component("late", one)
                        .environment(Map.of("PORT", "8080"))
                        .task(new Cell.Task(null, "UTC", Concurrency.FORBID, 20, 3))
                        .build()));
        dataPlane.ready(cell, 1);
        UUID cancelled = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        link.say(new LinkEvent.RunWanted(cancelled, cell, "endless", List.of()));
        link.say(new LinkEvent.RunWanted(late, cell, "late", List.of()));
        dataPlane.until(
                cell,
                status -> assertThat(run(status, "endless", cancelled).phase()).isEqualTo(RunPhase.RUNNING));
        link.say(new LinkEvent.RunUnwanted(cancelled, cell, "endless"));

        dataPlane.until(cell, status -> {
            assertThat(run(status, "endless", cancelled).phase()).isEqualTo(RunPhase.CANCELLED);
            assertThat(run(status, "late", late).phase()).isEqualTo(RunPhase.FAILED);
            assertThat(run(status, "late", late).message()).contains("longer than the 20 seconds");
        });
        await().atMost(PATIENCE)
                .until(() -> dataPlane
                        .plane()
                        .client()
                        .pods()
                        .inNamespace(Names.namespace(cell))
                        .withLabel("batch.kubernetes.io/job-name")
                        .list()
                        .getItems()
                        .stream()
                        .noneMatch(pod -> List.of("Pending", "Running")
                                .contains(pod.getStatus().getPhase())));
        link.delete(cell);
    }

    private Cell.Component task(String name, @Nullable String schedule, String... command) {
        return ExampleCells.component(name, one)
                .command(command)
                .task(new Cell.Task(schedule, "UTC", Concurrency.FORBID, 600, 0))
                .build();
    }

    private static List<CellStatus.Run> runs(CellStatus status, String component) {
        return status.components().stream()
                .filter(it -> it.name().equals(component))
                .map(CellStatus.Component::task)
                .filter(Objects::nonNull)
                .flatMap(task -> task.runs().stream())
                .toList();
    }

    private static CellStatus.Run run(CellStatus status, String component, UUID id) {
        return runs(status, component).stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no run " + id + " in " + status));
    }
}
