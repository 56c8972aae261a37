package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Cells are delivered by the real Argo CD. */
@WithPlatform
@WithKubernetes
class ArgoCdTest extends DeliversFromGit<ArgoCd> {

    ArgoCdTest(Platform platform) {
        super(platform);
    }

    @Override
    void bring(Cluster cluster) {
        cluster.bringArgoCd();
    }

    @Override
    ArgoCd follow(Cluster cluster, Platform platform, String address, String token) throws IOException {
        return ArgoCd.follow(cluster, platform.root(), address, token);
    }

    @Override
    void assertBrought(GenericKubernetesResource cell, List<String> managers) {
        assertThat(cell.getMetadata().getAnnotations())
                .containsEntry(
                        "argocd.argoproj.io/tracking-id",
                        "cells:cytoplane.dev/Cell:/" + cell.getMetadata().getName());
        assertThat(managers).contains("argocd-controller");
    }

    @Test
    @Order(3)
    void argoCdKnowsWhetherACellIsReady() {
        awaitHealthy();

        tool.suspend(true);
        // A process that ends at once never gets ready.
        Waits.until("Argo CD has seen that the cell is not ready", Waits.LONG, () -> {
            set(KUBECTL, "replace", "command", "[\"node\", \"-e\", \"process.exit(1)\"]");
            assertThat(tool.health()).as(tool.said()).isIn("Progressing", "Degraded");
        });
        Waits.until(
                "Argo CD says that it is not as the repository has it",
                Waits.LONG,
                () -> assertThat(tool.sync()).as(tool.said()).isEqualTo("OutOfSync"));

        tool.suspend(false);
        awaitBrought(2);
        awaitHealthy();
        delivery.awaitAnswer("two");
    }

    private void awaitHealthy() {
        Waits.until(
                "Argo CD has seen the cell ready",
                Waits.LONG,
                () -> assertThat(tool.health()).as(tool.said()).isEqualTo("Healthy"));
    }
}
