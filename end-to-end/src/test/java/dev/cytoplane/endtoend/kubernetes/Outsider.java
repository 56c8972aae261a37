package dev.cytoplane.endtoend.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A pod in a namespace of its own, from which calls are made. */
final class Outsider {

    private static final String TOOLS = "cytoplane.test/tools:1";

    private final KubernetesClient client;
    private final Pod pod;

    Outsider(KubernetesClient client, String namespace) {
        this.client = client;
        this.pod = new PodBuilder()
                .withNewMetadata()
                .withName("outsider")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("tools")
                .withImage(TOOLS)
                .withArgs("pause")
                .endContainer()
                .endSpec()
                .build();
        client.resource(pod).create();
        client.resource(pod).waitUntilReady(180, TimeUnit.SECONDS);
    }

    /** Opens a connection; says "connected", or why not. */
    String dial(String address) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (var watch = client.pods()
                .resource(pod)
                .inContainer("tools")
                .writingOutput(said)
                .writingError(said)
                .exec("/tools", "dial", address)) {
            watch.exitCode().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("dial " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
