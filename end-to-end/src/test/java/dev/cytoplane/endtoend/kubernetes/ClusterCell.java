package dev.cytoplane.endtoend.kubernetes;

import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.net.InetAddress;
import java.util.Optional;

/** One cell as the cluster has it. */
final class ClusterCell {

    private static final int GATEWAY_PORT = 8080;

    private final KubernetesClient client;
    private final Sandbox sandbox;
    private final String environment;

    ClusterCell(KubernetesClient client, Sandbox sandbox, String environment) {
        this.client = client;
        this.sandbox = sandbox;
        this.environment = environment;
    }

    Optional<Namespace> namespace() {
        String cell = sandbox.cell(environment);
        return client
                .namespaces()
                .withLabel("cytoplane.dev/organization", sandbox.organization())
                .list()
                .getItems()
                .stream()
                .filter(found ->
                        cell.equals(found.getMetadata().getAnnotations().get("cytoplane.dev/cell")))
                .findFirst();
    }

    private String namespaceName() {
        return namespace().orElseThrow().getMetadata().getName();
    }

    Optional<Deployment> deployment(String component) {
        return namespace()
                .map(found -> client.apps()
                        .deployments()
                        .inNamespace(found.getMetadata().getName())
                        .withName(component)
                        .get());
    }

    /** What a component runs. */
    String image(String component) {
        return deployment(component)
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    /** The public listener of the cell's gateway, under a port of this machine. */
    LocalPortForward gateway(int port) {
        Pod pod = Waits.value(
                "a gateway that is ready",
                Waits.LONG,
                () -> client
                        .pods()
                        .inNamespace(namespaceName())
                        .withLabel("cytoplane.dev/role", "gateway")
                        .list()
                        .getItems()
                        .stream()
                        .filter(found -> client.pods().resource(found).isReady())
                        .findFirst());
        return client.pods()
                .inNamespace(namespaceName())
                .withName(pod.getMetadata().getName())
                .portForward(GATEWAY_PORT, InetAddress.getLoopbackAddress(), port);
    }
}
