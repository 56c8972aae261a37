package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Hands the number of a component's instances to its autoscaler. A field that its only manager no longer applies falls back to
 * its default, which is one pod: so the number as it is gets another manager first, and only then is it no longer applied. The
 * autoscaler takes it from there when it first sets another.
 */
final class Instances {

    static final String HANDED_OVER = "cytoplane-autoscaling";

    private final KubernetesClient client;
    private final Live live;

    Instances(KubernetesClient client, Live live) {
        this.client = client;
        this.live = live;
    }

    /** By component, of those to be scaled by load whose number nobody else holds yet: the number that they have, or begin with. */
    static Map<String, Integer> ours(Cell cell, Live live) {
        Map<String, Integer> ours = new TreeMap<>();
        for (Cell.Component component : cell.spec().components()) {
            if (component.autoscaling() == null) {
                continue;
            }
            Optional<Deployment> deployment = live.named(Deployment.class, component.name());
            if (deployment.isEmpty()) {
                ours.put(component.name(), component.replicas());
            } else if (isOursAlone(deployment.get())) {
                ours.put(component.name(), deployment.get().getSpec().getReplicas());
            }
        }
        return ours;
    }

    /** @param ours as they were told before anything was applied: what has just been made is handed over the next time */
    void handOver(Map<String, Integer> ours) {
        ours.keySet().stream()
                .flatMap(component -> live.named(Deployment.class, component).stream())
                .filter(Instances::isOursAlone)
                .forEach(this::handOver);
    }

    private void handOver(Deployment deployment) {
        Deployment number = new DeploymentBuilder()
                .withNewMetadata()
                .withName(deployment.getMetadata().getName())
                .withNamespace(deployment.getMetadata().getNamespace())
                .endMetadata()
                .withNewSpec()
                .withReplicas(deployment.getSpec().getReplicas())
                .endSpec()
                .build();
        try {
            client.apps()
                    .deployments()
                    .inNamespace(deployment.getMetadata().getNamespace())
                    .withName(deployment.getMetadata().getName())
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                    .withFieldManager(HANDED_OVER)
                                    .withForce(false)
                                    .build(),
                            number);
        } catch (KubernetesClientException e) {
            // Somebody has set another number meanwhile, and with that has taken it over.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private static boolean isOursAlone(Deployment deployment) {
        List<String> managers = deployment.getMetadata().getManagedFields().stream()
                .filter(Instances::hasReplicas)
                .map(ManagedFieldsEntry::getManager)
                .toList();
        return managers.equals(List.of(Labels.MANAGER));
    }

    private static boolean hasReplicas(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && spec.containsKey("f:replicas");
    }
}
