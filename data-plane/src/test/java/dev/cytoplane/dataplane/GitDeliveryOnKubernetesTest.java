package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a whole data plane of a real cluster does with a cell that Git is to deliver. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class GitDeliveryOnKubernetesTest {

    private static final Duration PATIENCE = AgentOnKubernetes.PATIENCE;

    private Cluster cluster;
    private TestLink link;
    private AgentOnKubernetes dataPlane;
    private Cell.Artifact one;
    private Cell.Artifact two;

    @BeforeAll
    void anAgentJoins(Cluster given, @TempDir Path folder) throws IOException {
        cluster = given;
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
    void aCellThatIsDeliveredByGitIsLeftToWhoeverDeliversItAndToldOf() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.deliveredByGit(ExampleCells.release(project, 1, one)));
        dataPlane.until(cell, status -> {
            assertThat(status.observedVersion()).isNull();
            assertThat(delivered(status).reason()).isEqualTo("Missing");
        });
        assertThat(dataPlane.resource(cell)).isNull();

        dataPlane.plane().applyFromGit(ExampleCells.release(project, 1, one));
        assertThat(delivered(dataPlane.ready(cell, 1)).reason()).isEqualTo("AsWanted");
        assertThat(dataPlane.resource(cell).getMetadata().getLabels()).isNullOrEmpty();

        // The repository is behind what is wanted, and the data plane does not bring it on.
        link.put(ExampleCells.deliveredByGit(ExampleCells.release(project, 2, two)));
        dataPlane.until(cell, status -> assertThat(delivered(status).message()).contains("has version 1; version 2"));
        assertThat(link.status(cell).orElseThrow().observedVersion()).isEqualTo(1);
        dataPlane.plane().applyFromGit(ExampleCells.release(project, 2, two));
        assertThat(dataPlane.ready(cell, 2).components().getFirst().servingRelease())
                .isEqualTo("r-000000000002");

        // Somebody changed it under the same version.
        dataPlane.plane().applyFromGit(ExampleCells.release(project, 2, one));
        dataPlane.until(cell, status -> {
            assertThat(delivered(status).reason()).isEqualTo("Changed");
            assertThat(status.observedVersion()).isNull();
        });

        link.delete(cell);
        await().during(Duration.ofSeconds(12))
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(dataPlane.resource(cell).getMetadata().getDeletionTimestamp())
                                .isNull());
        dataPlane.plane().delete(cell);
        dataPlane.until(cell, removed -> assertThat(removed.components()).isEmpty());
    }

    @Test
    void whatItBroughtItLetsGoWhenGitIsToDeliverAndNothingRestarts() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        String pod = instance(dataPlane.ready(cell, 1));

        link.put(ExampleCells.deliveredByGit(ExampleCells.release(project, 1, one)));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(dataPlane.resource(cell).getMetadata().getLabels())
                                .isNullOrEmpty());
        assertThat(dataPlane.resource(cell).getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .doesNotContain("cytoplane-delivery");
        // Without force: no field of it is ours any more.
        dataPlane.plane().applyFromGit(ExampleCells.release(project, 1, one));
        dataPlane.until(cell, status -> assertThat(delivered(status).reason()).isEqualTo("AsWanted"));
        assertThat(instance(dataPlane.ready(cell, 1))).isEqualTo(pod);

        dataPlane.plane().applyFromGit(ExampleCells.release(project, 2, two));
        link.put(ExampleCells.deliveredByGit(ExampleCells.release(project, 2, two)));
        dataPlane.ready(cell, 2);
        link.delete(cell);
        dataPlane.plane().delete(cell);
    }

    private static String instance(CellStatus status) {
        return status.components().getFirst().instances().getFirst().id();
    }

    private static CellStatus.Condition delivered(CellStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals("Delivered"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing is said of the delivery: " + status));
    }
}
