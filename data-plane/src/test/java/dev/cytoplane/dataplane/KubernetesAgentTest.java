package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.InstancePhase;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole data plane of a real cluster, with the chart's rights and as the chart runs it: its folder is lost with each
 * agent. The control plane is a link server over mTLS.
 */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class KubernetesAgentTest {

    private static final Duration PATIENCE = AgentOnKubernetes.PATIENCE;

    private Cluster cluster;
    private Path folder;
    private TestLink link;
    private AgentOnKubernetes dataPlane;
    private Cell.Artifact one;
    private Cell.Artifact two;

    @BeforeAll
    void anAgentJoins(Cluster given, @TempDir Path work) throws IOException {
        cluster = given;
        folder = work;
        link = new TestLink(Clock.systemUTC());
        dataPlane = new AgentOnKubernetes(cluster, folder, link);
        one = TestPlane.artifact(link, "one");
        two = TestPlane.artifact(link, "two");
        dataPlane.start();
    }

    @AfterAll
    void nothingIsLeft() {
        dataPlane.close();
        link.close();
    }

    @Test
    void aCellOfTheLinkRunsInTheClusterAndItsStatusAndItsLogGoBack() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));

        CellStatus status = dataPlane.ready(cell, 1);

        CellStatus.Component web = status.components().getFirst();
        assertThat(web.servingRelease()).isEqualTo("r-000000000001");
        assertThat(web.readyReplicas()).isEqualTo(1);
        assertThat(web.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.phase()).isEqualTo(InstancePhase.READY);
            assertThat(instance.release()).isEqualTo("r-000000000001");
        });
        assertThat(dataPlane.image(cell))
                .startsWith(cluster.registry().address() + "/test/releases:")
                .contains("@sha256:");
        assertThat(status.westboundAddress())
                .as("no cell of another data plane reaches it")
                .isNull();
        assertThat(dataPlane.plane().answer(dataPlane.plane().outsider(), "http://" + ExampleCells.host(cell) + "/"))
                .isEqualTo("one");
        BlockingQueue<LogLine> log =
                link.readLogs(new LinkEvent.LogsWanted(cluster.unique(), cell, "web", null, 100, false));
        LogLine line = log.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(line).isNotNull();
        assertThat(line.text()).isEqualTo("version one serves");
        assertThat(line.instance()).isEqualTo(web.instances().getFirst().id());

        link.put(ExampleCells.release(project, 2, two));
        assertThat(dataPlane.ready(cell, 2).components().getFirst().servingRelease())
                .isEqualTo("r-000000000002");

        link.delete(cell);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(link.status(cell))
                    .hasValueSatisfying(
                            removed -> assertThat(removed.components()).isEmpty());
            assertThat(dataPlane
                            .plane()
                            .client()
                            .namespaces()
                            .withName(Names.namespace(cell))
                            .get())
                    .isNull();
        });
    }

    @Test
    void aReleaseWhoseArtifactCannotBeHadIsToldWithItsCause() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        Cell.Artifact none = new Cell.Artifact("sha256:" + "0".repeat(64), one.kind(), one.sizeBytes());
        link.put(ExampleCells.release(project, 1, none));

        dataPlane.until(
                cell,
                status -> assertThat(status.components().getFirst().message())
                        .contains("its image cannot be made")
                        .contains("404"));
        link.delete(cell);
    }

    @Test
    void withItsLastComponentEverythingOfACellGoes() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        dataPlane.ready(cell, 1);

        link.put(ExampleCells.version(ExampleCells.cell(project), 2));
        dataPlane.until(cell, status -> {
            assertThat(status.observedVersion()).isEqualTo(2);
            assertThat(status.components()).isEmpty();
        });

        assertThat(dataPlane
                        .plane()
                        .client()
                        .namespaces()
                        .withName(Names.namespace(cell))
                        .get())
                .isNull();
        link.put(ExampleCells.release(project, 3, two));
        dataPlane.ready(cell, 3);
        link.delete(cell);
    }

    @Test
    void whatRunsIsLookedAfterAndChangedWithoutTheRegistry() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        dataPlane.ready(cell, 1);
        String image = dataPlane.image(cell);

        dataPlane.stop();
        dataPlane.start(folder.resolve("no-such-password"));
        link.put(ExampleCells.release(project, 2, one));
        dataPlane.ready(cell, 2);

        assertThat(dataPlane.image(cell)).isEqualTo(image);
        link.put(ExampleCells.release(project, 3, two));
        dataPlane.until(
                cell,
                status -> assertThat(status.components().getFirst().message())
                        .contains("its image cannot be made")
                        .contains("1 ready of the release before"));
        assertThat(dataPlane.image(cell)).isEqualTo(image);

        dataPlane.stop();
        dataPlane.start();
        dataPlane.ready(cell, 3);
        link.delete(cell);
    }

    @Test
    void whatWasToldWhileTheAgentWasAwayIsDoneWhenItIsBack() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        String staying = ExampleCells.name(project + "s");
        link.put(ExampleCells.release(project, 1, one));
        link.put(ExampleCells.release(project + "s", 1, one));
        dataPlane.ready(cell, 1);
        dataPlane.ready(staying, 1);

        dataPlane.stop();
        link.deleteSilently(cell);
        dataPlane
                .plane()
                .client()
                .resources(CellResource.class)
                .withName(staying)
                .edit(found -> {
                    found.getMetadata().getAnnotations().put(CellResource.VERSION, "99");
                    return found;
                });
        dataPlane.start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dataPlane
                                .plane()
                                .client()
                                .resources(CellResource.class)
                                .withName(cell)
                                .get())
                        .isNull());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dataPlane
                                .plane()
                                .client()
                                .resources(CellResource.class)
                                .withName(staying)
                                .get()
                                .getMetadata()
                                .getAnnotations())
                        .containsEntry(CellResource.VERSION, "1"));
        dataPlane.until(cell, removed -> assertThat(removed.components()).isEmpty());
        link.delete(staying);
    }

    @Test
    void whatRunsGoesOnWhenAnAgentComesBackWithoutItsFolderAndWithoutTheLink() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        dataPlane.ready(cell, 1);
        String before = dataPlane
                .plane()
                .client()
                .resources(CellResource.class)
                .withName(cell)
                .get()
                .getMetadata()
                .getUid();

        dataPlane.stop();
        link.down();
        dataPlane.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dataPlane.agent().isReady()).isTrue());
        // What heals without a control plane shows that it has looked at everything.
        dataPlane
                .plane()
                .client()
                .services()
                .inNamespace(Names.namespace(cell))
                .withName(Names.GATEWAY)
                .delete();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dataPlane
                                .plane()
                                .client()
                                .services()
                                .inNamespace(Names.namespace(cell))
                                .withName(Names.GATEWAY)
                                .get())
                        .isNotNull());
        link.up();
        link.put(ExampleCells.release(project, 2, two));
        dataPlane.ready(cell, 2);

        assertThat(dataPlane
                        .plane()
                        .client()
                        .resources(CellResource.class)
                        .withName(cell)
                        .get()
                        .getMetadata()
                        .getUid())
                .isEqualTo(before);
        link.delete(cell);
    }

    @Test
    void itGoesOnWhereItWasWhenTheApiServerHasBeenAway() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        dataPlane.ready(cell, 1);

        cluster.restart("kube-apiserver");
        link.put(ExampleCells.release(project, 2, two));

        assertThat(dataPlane.ready(cell, 2).components().getFirst().servingRelease())
                .isEqualTo("r-000000000002");
        link.delete(cell);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(dataPlane
                                .plane()
                                .client()
                                .namespaces()
                                .withName(Names.namespace(cell))
                                .get())
                        .isNull());
    }

    @Test
    void anotherAgentStandsByAndTakesOverWithTheSameIdentity() {
        Agent standby = dataPlane.another();
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(standby.isReady()).isTrue());
            assertThat(standby.isConnected()).isFalse();
            long joins = joins();

            dataPlane.stop();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(standby.isConnected()).isTrue());
            String project = cluster.unique();
            link.put(ExampleCells.release(project, 1, one));
            dataPlane.ready(ExampleCells.name(project), 1);

            assertThat(joins()).isEqualTo(joins);
            link.delete(ExampleCells.name(project));
        } finally {
            dataPlane.use(standby);
        }
    }

    private long joins() {
        return link.asked().stream()
                .filter(request -> request.endsWith("/enrolments"))
                .count();
    }

    @Test
    void aCellThatSomebodyElseAppliedIsLeftAloneAndThatIsSaid() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        dataPlane.plane().apply(ExampleCells.release(project, 1, one));
        dataPlane.plane().ready(cell);

        link.put(ExampleCells.release(project, 7, two));

        dataPlane.until(
                cell,
                status -> assertThat(status.conditions())
                        .anySatisfy(condition -> assertThat(condition.message()).contains("did not bring")));
        assertThat(dataPlane
                        .plane()
                        .client()
                        .resources(CellResource.class)
                        .withName(cell)
                        .get()
                        .getSpec()
                        .value()
                        .components()
                        .getFirst()
                        .artifact())
                .isEqualTo(one);
        link.delete(cell);
    }
}
