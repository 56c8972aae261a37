package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestAuthority;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** One cell on a real cluster, from its document to an answer through its gateway, and away again. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class CellOnKubernetesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestPlane plane;
    private Cell.Artifact first;
    private String outsider;
    private String project;
    private String name;
    private String namespace;

    @BeforeAll
    void aCellIsApplied(Cluster cluster, @TempDir Path work) {
        plane = new TestPlane(cluster, new TestAuthority(Clock.systemUTC()), work);
        first = plane.service("one");
        outsider = plane.outsider();
        project = cluster.unique();
        name = ExampleCells.name(project);
        namespace = Names.namespace(name);
        plane.apply(cell(first));
        plane.ready(name);
    }

    @AfterAll
    void nothingIsLeft() {
        plane.close();
    }

    @Test
    void itAnswersThroughItsGateway() {
        assertThat(plane.answer(outsider, gateway("/"))).isEqualTo("one");
    }

    @Test
    void itsComponentsCallEachOtherAlongDeclaredConnections() {
        assertThat(plane.answer(outsider, gateway("/get?STOCK_URL"))).isEqualTo("200 one");
    }

    @Test
    void nobodyOutsideReachesAComponentPastTheGateway() {
        String component = "shop." + namespace + ".svc.cluster.local";

        assertThat(plane.from(outsider, "get", "http://" + component + ":8080/"))
                .contains("refused");
        assertThat(plane.from(outsider, "get", "http://stock." + namespace + ".svc.cluster.local:8080/"))
                .contains("refused");
    }

    @Test
    void aComponentReachesNothingThatItHasNotDeclared() {
        assertThat(plane.answer(outsider, gateway("/dial?kubernetes.default.svc.cluster.local:443")))
                .startsWith("ConnectException");
        assertThat(plane.answer(outsider, gateway("/dial?cell-gateway:9090"))).startsWith("ConnectException");
        assertThat(plane.answer(outsider, gateway("/dial?stock:8080"))).isEqualTo("connected");
    }

    @Test
    void itsPodsHaveNoTokenAndAReadOnlyRoot() {
        assertThat(plane.answer(outsider, gateway("/write?/app/x"))).startsWith("FileSystemException");
        assertThat(plane.answer(outsider, gateway("/write?/data/x"))).isEqualTo("/data/x");
        assertThat(plane.answer(outsider, gateway("/write?/var/run/secrets/kubernetes.io/serviceaccount/x")))
                .startsWith("NoSuchFileException");
    }

    @Test
    void driftIsHealedAndOtherManagersFieldsStay() {
        var deployment =
                plane.client().apps().deployments().inNamespace(namespace).withName("stock");
        deployment.edit(found -> {
            found.getSpec().setReplicas(3);
            found.getMetadata().getLabels().put("team", "blue");
            return found;
        });
        plane.client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName("default-deny")
                .delete();

        await().atMost(PATIENCE).untilAsserted(() -> {
            Deployment now = deployment.get();
            assertThat(now.getSpec().getReplicas()).isEqualTo(1);
            assertThat(now.getMetadata().getLabels()).containsEntry("team", "blue");
            assertThat(plane.client()
                            .network()
                            .v1()
                            .networkPolicies()
                            .inNamespace(namespace)
                            .withName("default-deny")
                            .get())
                    .isNotNull();
        });
    }

    @Test
    void whatIsNoLongerAskedForGoes() {
        String other = ExampleCells.name(project + "x");
        Cell.Component web = ExampleCells.component("web", first).build();
        Cell.Component extra = ExampleCells.component("extra", first)
                .endpoints(TestCells.endpoint("http", Visibility.PUBLIC, "/extra"))
                .build();
        plane.apply(ExampleCells.cell(project + "x", web, extra));
        plane.ready(other);

        plane.apply(ExampleCells.cell(project + "x", web));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(plane.client()
                            .apps()
                            .deployments()
                            .inNamespace(Names.namespace(other))
                            .list()
                            .getItems())
                    .extracting(found -> found.getMetadata().getName())
                    .containsExactlyInAnyOrder("cell-gateway", "web");
            assertThat(plane.client()
                            .network()
                            .v1()
                            .networkPolicies()
                            .inNamespace(Names.namespace(other))
                            .list()
                            .getItems())
                    .extracting(found -> found.getMetadata().getName())
                    .doesNotContain("component-extra");
        });
    }

    @Test
    void aNewReleaseServesAndTheStatusSaysSo() {
        String other = ExampleCells.name(project + "r");
        plane.apply(ExampleCells.cell(
                project + "r", ExampleCells.component("web", first).build()));
        plane.ready(other);
        Cell.Artifact second = plane.service("two");

        plane.apply(ExampleCells.cell(
                project + "r",
                ExampleCells.component("web", second)
                        .release("r-000000000002", second.digest())
                        .build()));
        CellResource ready = plane.ready(other);

        assertThat(ready.getStatus().components())
                .extracting("servingRelease", "phase")
                .containsExactly(org.assertj.core.groups.Tuple.tuple("r-000000000002", "READY"));
        assertThat(plane.answer(outsider, "http://" + ExampleCells.host(other) + "/"))
                .isEqualTo("two");
    }

    private String gateway(String path) {
        return "http://" + ExampleCells.host(name) + path;
    }

    private Cell cell(Cell.Artifact artifact) {
        return ExampleCells.cell(
                project,
                ExampleCells.component("shop", artifact)
                        .connections(new Cell.Connection(
                                "stock", "STOCK_URL", new Cell.SameCell("stock", "http"), null, null))
                        .build(),
                ExampleCells.component("stock", artifact)
                        .endpoints(TestCells.endpoint("http", Visibility.PROJECT, "/"))
                        .build());
    }
}
