package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus.AutoscalingStatus;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus.ComponentStatus;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestAuthority;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Components whose number of pods Kubernetes' own autoscaler decides, on a real cluster. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class ScalingOnKubernetesTest {

    /** The autoscaler looks every 15 seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The load is measured every 10 seconds, of a pod that has been ready for a while. */
    private static final Duration LOAD_PATIENCE = Duration.ofMinutes(6);

    private Cluster cluster;
    private TestPlane plane;
    private Cell.Artifact artifact;

    @BeforeAll
    void begin(Cluster given, @TempDir Path work) {
        cluster = given;
        plane = new TestPlane(given, new TestAuthority(Clock.systemUTC()), work);
        artifact = plane.service("one");
    }

    @AfterAll
    void nothingIsLeft() {
        plane.close();
    }

    @Test
    void theNumberIsHandedOverAndTakenBackWithoutADip() {
        String project = cluster.unique();
        plane.apply(ExampleCells.cell(project, web().replicas(2).build()));
        plane.ready(ExampleCells.name(project));
        Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
        try (Watch watching = deployment(project).watch(noting(numbers))) {
            assertThat(watching).isNotNull();

            plane.apply(ExampleCells.cell(project, web().autoscaling(1, 4, 70).build()));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(managers(project)).isNotEmpty().doesNotContain(Labels.MANAGER));

            // As the autoscaler does it.
            deployment(project).scale(3);
            plane.apply(ExampleCells.cell(
                    project, web().autoscaling(1, 4, 70).restart(1).build()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(deployment(project)
                                    .get()
                                    .getSpec()
                                    .getTemplate()
                                    .getMetadata()
                                    .getAnnotations())
                            .containsEntry("cytoplane.dev/restart", "1"));
            plane.ready(ExampleCells.name(project));
            assertThat(deployment(project).get().getSpec().getReplicas()).isEqualTo(3);

            plane.apply(ExampleCells.cell(project, web().replicas(2).restart(1).build()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(managers(project)).contains(Labels.MANAGER));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(plane.client()
                                    .autoscaling()
                                    .v2()
                                    .horizontalPodAutoscalers()
                                    .inNamespace(namespace(project))
                                    .list()
                                    .getItems())
                            .isEmpty());
            deployment(project).scale(4);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(deployment(project).get().getSpec().getReplicas())
                                    .as("drift of a number that is ours is healed")
                                    .isEqualTo(2));
        }
        assertThat(numbers).isNotEmpty().allSatisfy(number -> assertThat(number).isBetween(2, 4));
    }

    @Test
    void theAutoscalerOfTheClusterDecidesAndTheStatusSaysWhy() {
        String project = cluster.unique();
        String name = ExampleCells.name(project);
        plane.apply(ExampleCells.cell(project, web().autoscaling(1, 3, 70).build()));
        plane.ready(name);
        var autoscalers =
                plane.client().autoscaling().v2().horizontalPodAutoscalers().inNamespace(namespace(project));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(managers(project)).doesNotContain(Labels.MANAGER));

        // Below the fewest it needs no metrics to know what to do.
        plane.apply(ExampleCells.cell(project, web().autoscaling(2, 3, 70).build()));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(deployment(project).get().getSpec().getReplicas()).isEqualTo(2);
            assertThat(status(name).replicas()).isEqualTo(2);
            assertThat(status(name).readyReplicas()).isEqualTo(2);
        });
        assertThat(managers(project)).as("the autoscaler's own").contains("kube-controller-manager");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scaling(name).message())
                        .containsAnyOf("no metrics in this cluster", "not measured yet", "load needs"));
        autoscalers.withName("web").delete();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(autoscalers.withName("web").get())
                        .as("what somebody takes away comes back")
                        .isNotNull());
    }

    @Test
    void loadBringsMoreInstances() {
        cluster.tellMetrics();
        String project = cluster.unique();
        String name = ExampleCells.name(project);
        plane.apply(ExampleCells.cell(
                project, web().autoscaling(1, 2, 50).cpuMillis(100).build()));
        plane.ready(name);
        String outsider = plane.outsider();

        assertThat(plane.answer(outsider, "http://" + ExampleCells.host(name) + "/work?600"))
                .isEqualTo("working");

        await().atMost(LOAD_PATIENCE).untilAsserted(() -> {
            assertThat(scaling(name).wanted()).isEqualTo(2);
            assertThat(status(name).readyReplicas()).isEqualTo(2);
            assertThat(status(name).phase()).isEqualTo("READY");
        });
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(scaling(name).active()).isTrue();
            assertThat(scaling(name).message()).contains("load");
        });
    }

    @Test
    void theClusterRefusesACellThatMakesNoSense() {
        assertThatThrownBy(() -> plane.apply(ExampleCells.cell(
                        cluster.unique(), web().autoscaling(4, 3, 70).build())))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("minInstances is more than maxInstances");
    }

    private TestCells.ComponentBuilder web() {
        return ExampleCells.component("web", artifact);
    }

    private ComponentStatus status(String cell) {
        return plane.client()
                .resources(dev.cytoplane.dataplane.kubernetes.resource.CellResource.class)
                .withName(cell)
                .get()
                .getStatus()
                .components()
                .getFirst();
    }

    private AutoscalingStatus scaling(String cell) {
        AutoscalingStatus scaling = status(cell).autoscaling();
        assertThat(scaling).isNotNull();
        return Objects.requireNonNull(scaling);
    }

    private RollableScalableResource<Deployment> deployment(String project) {
        return plane.client()
                .apps()
                .deployments()
                .inNamespace(namespace(project))
                .withName("web");
    }

    /** Who says how many. */
    private List<String> managers(String project) {
        return deployment(project).get().getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getFieldsV1().toString().contains("f:replicas={}"))
                .filter(entry -> !"status".equals(entry.getSubresource()))
                .map(ManagedFieldsEntry::getManager)
                .toList();
    }

    private static Watcher<Deployment> noting(Queue<Integer> numbers) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Deployment deployment) {
                numbers.add(deployment.getSpec().getReplicas());
            }

            @Override
            public void onClose(WatcherException cause) {}
        };
    }

    private static String namespace(String project) {
        return Names.namespace(ExampleCells.name(project));
    }
}
