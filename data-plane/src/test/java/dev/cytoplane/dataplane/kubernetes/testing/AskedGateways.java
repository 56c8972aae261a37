package dev.cytoplane.dataplane.kubernetes.testing;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Ports;
import dev.cytoplane.dataplane.kubernetes.reconcile.GatewayReports;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Gateways, asked through the API server by who is outside of the cluster; of several pods the one that is furthest behind. */
record AskedGateways(KubernetesClient client) implements GatewayReports {

    @Override
    public Optional<Applied> applied(String namespace) {
        return client.pods().inNamespace(namespace).withLabels(Labels.gateways()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .flatMap(this::ask)
                .min(Comparator.comparingLong(Applied::generation));
    }

    private Stream<Applied> ask(Pod pod) {
        try {
            String said = client.raw("/api/v1/namespaces/%s/pods/%s:%d/proxy/applied.json"
                    .formatted(
                            pod.getMetadata().getNamespace(), pod.getMetadata().getName(), Ports.MANAGEMENT));
            return said == null ? Stream.empty() : Stream.of(ContractJson.MAPPER.readValue(said, Applied.class));
        } catch (KubernetesClientException e) {
            // It does not run yet.
            return Stream.empty();
        }
    }
}
