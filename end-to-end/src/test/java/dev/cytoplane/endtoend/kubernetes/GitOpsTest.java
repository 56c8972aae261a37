package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * A service is pushed to the real control plane, becomes a file of a Git repository, and somebody who only knows the repository
 * and the cluster applies that file: then it runs. The data plane of the cluster applies nothing of it.
 */
@WithPlatform
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GitOpsTest {

    private final Platform platform;
    private KubernetesClient client;
    private GitDelivery delivery;

    GitOpsTest(Platform platform) {
        this.platform = platform;
    }

    @BeforeAll
    @Timeout(1200)
    void deliverByGit(Cluster cluster) {
        client = cluster.client();
        delivery = GitDelivery.begin(platform, cluster);
    }

    @AfterAll
    void end() throws IOException {
        if (delivery != null) {
            delivery.close();
        }
    }

    @Test
    @Order(1)
    void aPushBecomesAFileAndNothingRunsYet() {
        delivery.push("one");

        JsonNode cell = delivery.awaitInSync(1);
        assertThat(cell.path("repository").path("author").asString()).isNotEqualTo("Cytoplane");
        assertThat(delivery.file()).contains("kind: \"Cell\"");
        delivery.awaitSaid("has not brought");
        assertThat(delivery.resource()).isEmpty();
    }

    @Test
    @Order(2)
    void whoeverAppliesTheFileMakesItRun() {
        apply();

        delivery.awaitLive();
        delivery.openGateway();
        delivery.awaitAnswer("one");
        JsonNode applied = delivery.cell().path("applied");
        assertThat(applied.path("version").asLong()).isEqualTo(1);
        assertThat(applied.path("ready").asBoolean()).isTrue();
        assertThat(delivery.resource().orElseThrow().getMetadata().getLabels()).isNullOrEmpty();
    }

    @Test
    @Order(3)
    void aNewReleaseWaitsInTheRepositoryUntilItIsApplied() {
        delivery.push("two");
        delivery.awaitInSync(2);
        delivery.awaitSaid("has version 1; version 2");
        delivery.awaitAnswer("one");

        apply();
        delivery.awaitAnswer("two");
        delivery.awaitLive();
    }

    @Test
    @Order(4)
    void whatSomebodyElseChangedIsShownWithTheirName() {
        Git clone = delivery.pulled();
        clone.write(GitDelivery.FILE, delivery.file().replace("replicas: 1", "replicas: 3"));
        String commit = clone.commit("Three of them");
        clone.push(delivery.repository(), delivery.greeter().token(), "HEAD:" + GitDelivery.BRANCH)
                .ok();

        Waits.until("the drift is shown", Waits.LONG, () -> {
            JsonNode cell = delivery.cell();
            assertThat(cell.path("sync").asString()).isEqualTo("DRIFTED");
            assertThat(cell.path("repository").path("commit").asString()).isEqualTo(commit);
            assertThat(cell.path("repository").path("author").asString()).isEqualTo("Ada");
        });
        assertThat(cyto("status")).contains("drifted").contains("replicas is 3, wanted is 1");
        cyto("heal", "greeter");
        delivery.awaitInSync(2);
    }

    @Test
    @Order(5)
    void whatIsTakenOutLeavesTheRepositoryAndTheClusterWhenItIsDeletedThere() {
        String deployment = delivery.undeploy();
        assertThat(delivery.resource()).isPresent();

        client.genericKubernetesResources("cytoplane.dev/v1alpha1", "Cell")
                .withName(delivery.greeter().cell(GitDelivery.ENVIRONMENT))
                .delete();

        delivery.awaitRemoved(deployment);
    }

    /** As {@code kubectl apply --server-side -f} does. */
    private void apply() {
        client.load(new ByteArrayInputStream(delivery.file().getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private String cyto(String verb, String... more) {
        List<String> arguments = new ArrayList<>(List.of("environment", "delivery", verb, GitDelivery.ENVIRONMENT));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--organization", delivery.greeter().organization()));
        return platform.cyto().ok(arguments.toArray(String[]::new)).out();
    }
}
