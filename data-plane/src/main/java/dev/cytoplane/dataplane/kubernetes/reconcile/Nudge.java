package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.kubernetes.desired.Desired;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /**
     * @param written the configuration as the cluster has it
     * @param pods the gateway's, those that end among them
     */
    void gateways(Desired desired, Optional<Secret> written, Stream<Pod> pods) {
        String content = desired.gatewayConfiguration()
                .map(secret -> ContractJson.contentHash(secret.getData()))
                .orElseThrow();
        pods.filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> !Objects.equals(annotation(pod), content))
                .filter(pod -> written.isEmpty() || !beganWith(pod, written.get()))
                .forEach(pod -> annotate(pod, content));
    }

    /** It is younger than the configuration, to the second: the kubelet reads it when it starts the pod. */
    private static boolean beganWith(Pod pod, Secret written) {
        return written.getMetadata().getManagedFields().stream()
                .filter(entry -> Labels.MANAGER.equals(entry.getManager()))
                .map(entry -> Instant.parse(entry.getTime()))
                .max(Comparator.naturalOrder())
                .filter(Instant.parse(pod.getMetadata().getCreationTimestamp())::isAfter)
                .isPresent();
    }

    private static @Nullable String annotation(Pod pod) {
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
