package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a gateway's objects are, and what they are labelled with.
 *
 * @param shared whether it is that of an environment
 */
record GatewayHome(String namespace, Map<String, String> labels, boolean shared) {

    static GatewayHome of(Cell.Metadata cell) {
        return new GatewayHome(Names.namespace(cell.name()), Labels.common(cell), false);
    }

    static GatewayHome of(Environment environment) {
        return new GatewayHome(
                environment.namespace(),
                Map.of(
                        Labels.MANAGED_BY,
                        Labels.MANAGER,
                        Labels.ORGANIZATION,
                        environment.organization(),
                        Labels.ENVIRONMENT,
                        environment.name(),
                        Labels.GATEWAY_OF,
                        Labels.OF_ENVIRONMENT),
                true);
    }

    ObjectMeta meta(String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(new TreeMap<>(labels))
                .build();
    }

    Map<String, String> pod() {
        Map<String, String> all = new TreeMap<>(labels);
        all.putAll(Labels.gateway());
        return all;
    }
}
