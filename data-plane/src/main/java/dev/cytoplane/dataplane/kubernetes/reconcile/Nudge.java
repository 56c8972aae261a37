package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Brings a new configuration into the gateway's pods now. A kubelet writes a changed Secret into a running pod when it next
 * looks at that pod, which may take a minute; a change of the pod itself makes it look at once.
 */
final class Nudge {

    private static final String ANNOTATION = "cytoplane.dev/configuration";

    private final KubernetesClient client;

    Nudge(KubernetesClient client) {
        this.client = client;
    }

    /** @param pods the gateway's, those that end among them */
    void gateways(List<HasMetadata> desired, Stream<Pod> pods) {
        String content = desired.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .filter(secret -> secret.getMetadata().getName().equals(Names.GATEWAY_CONFIGURATION))
                .map(secret -> ContractJson.contentHash(secret.getData()))
                .findFirst()
                .orElseThrow();
        pods.filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> !Objects.equals(annotation(pod), content))
                .forEach(pod -> annotate(pod, content));
    }

    private static @org.jspecify.annotations.Nullable String annotation(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(ANNOTATION);
    }

    private void annotate(Pod pod, String content) {
        Pod change = new PodBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .withNamespace(pod.getMetadata().getNamespace())
                .addToAnnotations(ANNOTATION, content)
                .endMetadata()
                .build();
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }
}
