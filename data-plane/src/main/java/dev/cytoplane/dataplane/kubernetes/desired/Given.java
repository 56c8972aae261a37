package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.dataplane.identity.CellCertificate;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cell was given besides its document: it is kept in the cluster and must not change from one look to the next.
 *
 * @param owner the custom resource, which owns the namespace, and with it everything
 * @param connectionKeys by component and connection, joined by a dot; whoever has the key is that component
 * @param secrets opened secrets, by component and variable
 * @param trustBundle PEM roots
 * @param images what each component runs, by name; a component without one stays as it is
 * @param instances how many of each component that is to be scaled by load, until its autoscaler alone says how many
 * @param configuration what the gateway was last told
 * @param gates through which gateway its calls go
 */
public record Given(
        OwnerReference owner,
        Map<String, String> connectionKeys,
        Map<String, Map<String, String>> secrets,
        CellCertificate certificate,
        String trustBundle,
        Map<String, String> images,
        Map<String, Integer> instances,
        @Nullable GatewayConfiguration configuration,
        Gates gates) {

    public static String key(String component, String connection) {
        return component + "." + connection;
    }

    /** Without anything that must stay secret. */
    @Override
    public String toString() {
        return certificate.toString();
    }
}
