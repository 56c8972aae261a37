package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.RefusedDeployment;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ExposureSettings;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster does not take stands in the status that goes to the control plane, with the cluster's own words. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class RefusedObjectsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Cluster cluster;
    private TestLink link;
    private AgentOnKubernetes dataPlane;
    private Cell.Artifact one;
    private Cell.Artifact two;

    @BeforeAll
    void aDataPlane(Cluster given, @TempDir Path work) throws IOException {
        cluster = given;
        link = new TestLink(Clock.systemUTC());
        dataPlane = new AgentOnKubernetes(cluster, work, link);
        one = TestPlane.artifact(link, "one");
        two = TestPlane.artifact(link, "two");
        dataPlane.start(ExposureSettings.INSIDE, ExposureSettings.INSIDE);
    }

    @AfterAll
    void nothingIsLeft() {
        dataPlane.close();
        link.close();
    }

    @Test
    void aQuotaThatIsFullIsSaidOfTheComponentThatItKeepsOutAndOfNoOther() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        dataPlane.ready(cell, 1);
        var quota = cluster.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("of-the-administrator")
                        .withNamespace(Names.namespace(cell))
                        .endMetadata()
                        .withNewSpec()
                        // The gateway's, and that of the component that is there.
                        .withHard(Map.of("count/deployments.apps", new Quantity("2")))
                        .endSpec()
                        .build());
        quota.create();
        quota.waitUntilCondition(
                found -> found != null
                        && found.getStatus() != null
                        && found.getStatus().getHard() != null
                        && !found.getStatus().getHard().isEmpty(),
                PATIENCE.toSeconds(),
                TimeUnit.SECONDS);

        link.put(ExampleCells.version(
                ExampleCells.cell(
                        project, component("web", two, "r-000000000002"), component("zebra", two, "r-000000000002")),
                2));

        CellStatus status = dataPlane.until(cell, told -> {
            assertThat(told.observedVersion()).isEqualTo(2);
            assertThat(of(told, "zebra").message())
                    .contains("the cluster refuses the Deployment zebra")
                    .contains("exceeded quota: of-the-administrator");
            assertThat(of(told, "web").phase()).isEqualTo(Phase.READY);
            assertThat(of(told, "web").servingRelease()).isEqualTo("r-000000000002");
        });
        assertThat(status.conditions())
                .filteredOn(condition -> condition.type().equals("Ready"))
                .singleElement()
                .satisfies(condition -> assertThat(condition.message()).contains("exceeded quota"));
        dataPlane.until(
                cell,
                told -> assertThat(of(told, "zebra").phase())
                        .as("it does not pass by itself")
                        .isEqualTo(Phase.FAILED));

        quota.delete();
        dataPlane.ready(cell, 2);
        link.delete(cell);
    }

    @Test
    void anAdmissionPolicysNoIsSaidInItsOwnWordsWhileTheReleaseBeforeServes() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        dataPlane.ready(cell, 1);

        try (var policy = RefusedDeployment.in(cluster.client(), Names.namespace(cell), "web", "no web on Fridays")) {
            link.put(ExampleCells.release(project, 2, two));

            dataPlane.until(cell, told -> {
                assertThat(of(told, "web").message())
                        .contains("the cluster refuses the Deployment web")
                        .contains("no web on Fridays")
                        .contains("1 of 1 ready of what was before");
                assertThat(of(told, "web").phase()).isNotEqualTo(Phase.READY);
                assertThat(of(told, "web").servingRelease()).isEqualTo("r-000000000001");
            });
        }
        dataPlane.ready(cell, 2);
        link.delete(cell);
    }

    @Test
    void whatMakesNoSenseIsSaid() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.cell(
                project,
                ExampleCells.component("web", one)
                        .endpoints(new Cell.Endpoint(
                                "http", Protocol.HTTP, 70_000, "/", Visibility.PROJECT, "/", null, List.of()))
                        .build()));

        dataPlane.until(cell, told -> {
            assertThat(of(told, "web").message())
                    .contains("the cluster refuses the Cell")
                    .contains("should be less than or equal to 65535");
            assertThat(of(told, "web").phase()).isEqualTo(Phase.FAILED);
        });
        link.put(ExampleCells.release(project, 2, two));
        dataPlane.ready(cell, 2);
        link.delete(cell);
    }

    private static Cell.Component component(String name, Cell.Artifact artifact, String release) {
        return ExampleCells.component(name, artifact)
                .release(release, artifact.digest())
                .build();
    }

    private static CellStatus.Component of(CellStatus status, String component) {
        return status.components().stream()
                .filter(each -> each.name().equals(component))
                .findFirst()
                .orElseThrow();
    }
}
