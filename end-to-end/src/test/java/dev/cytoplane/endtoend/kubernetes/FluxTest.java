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

/** Cells are delivered by the real Flux. */
@WithPlatform
@WithKubernetes
class FluxTest extends DeliversFromGit<Flux> {

    FluxTest(Platform platform) {
        super(platform);
    }

    @Override
    void bring(Cluster cluster) {
        cluster.bringFlux();
    }

    @Override
    Flux follow(Cluster cluster, Platform platform, String address, String token) throws IOException {
        return Flux.follow(cluster, platform.root(), address, token);
    }

    @Override
    void assertBrought(GenericKubernetesResource cell, List<String> managers) {
        assertThat(cell.getMetadata().getLabels()).containsEntry("kustomize.toolkit.fluxcd.io/name", "cells");
        assertThat(managers).contains("kustomize-controller");
    }

    @Test
    @Order(3)
    void fluxKnowsWhetherACellIsReady() {
        assertThat(tool.condition("Healthy")).isEmpty();

        tool.waitForHealth(true);
        Waits.until(
                "Flux has seen the cell ready",
                Waits.LONG,
                () -> assertThat(tool.condition("Healthy")).as(tool.said()).contains("True"));
        tool.waitForHealth(false);
    }

    @Test
    @Order(5)
    void whatIsAddedByKubectlGoes() {
        Object before = String.valueOf(component().get("environment"));
        assertThat(set(KUBECTL, "add", "environment", "{\"BY_HAND\": \"yes\"}").toString())
                .contains("BY_HAND");
        Waits.until(
                "Flux has removed it",
                Waits.LONG,
                () -> assertThat(String.valueOf(component().get("environment"))).isEqualTo(before));
        awaitBrought(2);
    }
}
