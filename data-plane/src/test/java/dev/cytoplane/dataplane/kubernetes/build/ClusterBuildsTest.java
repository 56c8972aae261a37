package dev.cytoplane.dataplane.kubernetes.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.contracts.build.BuildReport;
import dev.cytoplane.contracts.build.BuildReport.Phase;
import dev.cytoplane.dataplane.kubernetes.testing.DataPlaneAccount;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the rights that the chart gives, and no image: a build that does not get as far as its pod. */
@WithKubernetes
class ClusterBuildsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private KubernetesClient administrator;
    private DataPlaneAccount account;
    private KubernetesClient client;
    private String namespace;
    private ClusterBuilds builds;

    @BeforeEach
    void begin(Cluster cluster) {
        administrator = cluster.client();
        account = new DataPlaneAccount(cluster);
        client = account.client();
        // As the chart makes it, with the rights in it; the rest is the data plane's.
        namespace = cluster.namespace();
        account.mayBuildIn(namespace);
        builds = start();
    }

    private ClusterBuilds start() {
        ClusterBuilds started = new ClusterBuilds(
                client,
                new BuildCluster(
                        "10.0.0.1:1/none:1",
                        Map.of("java", "25"),
                        "Linux amd64",
                        namespace,
                        1,
                        1,
                        URI.create("https://192.0.2.7:8443"),
                        List.of("192.0.2.7/32"),
                        List.of(),
                        BuildObjectsTest.CLUSTER),
                () -> "roots");
        started.start();
        return started;
    }

    @AfterEach
    void end() {
        builds.close();
        client.close();
        account.close();
    }

    @Test
    void aBuildIsAJobFromWhenItIsWantedUntilItIsNot() {
        BuildOrder order = order();
        builds.wanted(List.of(order));

        await().atMost(PATIENCE).untilAsserted(() -> {
            BuildReport.Seen seen = seen();
            assertThat(seen.phase()).isEqualTo(Phase.WAITING);
            assertThat(seen.message()).contains("image cannot be pulled");
        });
        Namespace made = administrator.namespaces().withName(namespace).get();
        assertThat(made.getMetadata().getLabels()).containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        assertThat(administrator
                        .network()
                        .networkPolicies()
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .hasSize(2);
        String uid = jobs().getFirst().getMetadata().getUid();

        builds.close();
        builds = start();
        builds.wanted(List.of(order));
        await().atMost(PATIENCE).until(() -> !report().builds().isEmpty());
        assertThat(jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.getMetadata().getUid()).isEqualTo(uid));

        builds.wanted(List.of());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(jobs()).isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(administrator
                                .secrets()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                        .isEmpty());
        assertThat(report().builds()).isEmpty();
    }

    @Test
    void whatAQuotaRefusesIsSaid() {
        administrator
                .resource(new ResourceQuotaBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName("none")
                                .withNamespace(namespace)
                                .build())
                        .withNewSpec()
                        .withHard(Map.of("pods", new Quantity("0")))
                        .endSpec()
                        .build())
                .create();
        await().atMost(PATIENCE)
                .until(() -> administrator
                        .resourceQuotas()
                        .inNamespace(namespace)
                        .withName("none")
                        .get()
                        .getStatus()
                        .getHard()
                        .containsKey("pods"));

        builds.wanted(List.of(order()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen().message()).contains("exceeded quota"));
    }

    @Test
    void aJobThatIsDeletedOnceItsPodHasBegunIsLost() {
        BuildOrder order = order();
        builds.wanted(List.of(order));
        await().atMost(PATIENCE).until(() -> !jobs().isEmpty());

        builds.wanted(List.of(new BuildOrder(order.build(), 1, order.token(), true, 60, 1L << 28, 1L << 28)));
        administrator.batch().v1().jobs().inNamespace(namespace).delete();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(seen().phase()).isEqualTo(Phase.LOST));
        assertThat(jobs()).isEmpty();
    }

    private static BuildOrder order() {
        return new BuildOrder(UUID.randomUUID(), 1, "the-token", false, 60, 1L << 28, 1L << 28);
    }

    private BuildReport report() {
        return builds.report().orElseThrow();
    }

    private BuildReport.Seen seen() {
        assertThat(report().builds()).hasSize(1);
        return report().builds().getFirst();
    }

    private List<Job> jobs() {
        return administrator.batch().v1().jobs().inNamespace(namespace).list().getItems();
    }
}
