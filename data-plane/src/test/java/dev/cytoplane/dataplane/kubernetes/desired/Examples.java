package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.dataplane.identity.CellCertificate;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the tables of this package have in common. */
final class Examples {

    static final ClusterSettings SETTINGS = exposed(Exposure.NONE, Exposure.NONE);

    private Examples() {}

    /** Each cell's gateway has so many pods. */
    static ClusterSettings gateways(int replicas) {
        return settings(Exposure.NONE, Exposure.NONE, replicas);
    }

    static ClusterSettings exposed(Exposure frontDoor, Exposure westbound, ClusterSettings.PublicUrl... urls) {
        return settings(frontDoor, westbound, 1, urls);
    }

    private static ClusterSettings settings(
            Exposure frontDoor, Exposure westbound, int gatewayReplicas, ClusterSettings.PublicUrl... urls) {
        return new ClusterSettings(
                "cluster.local",
                ClusterSettings.KUBE_DNS,
                List.of("10.210.0.0/16", "10.96.0.0/16"),
                "registry.test/gateway:1",
                "test.example",
                null,
                "{\"auths\": {}}",
                List.of(urls),
                frontDoor,
                westbound,
                null,
                gatewayReplicas,
                Gates.Kind.OWN);
    }

    static Given given() {
        return given(Map.of());
    }

    static Given given(Map<String, Integer> instances) {
        return given(instances, Gates.OWN);
    }

    static Given given(Gates gates) {
        return given(Map.of(), gates);
    }

    private static Given given(Map<String, Integer> instances, Gates gates) {
        return new Given(
                new OwnerReferenceBuilder()
                        .withApiVersion("cytoplane.dev/v1alpha1")
                        .withKind("Cell")
                        .withName("orders.production.acme")
                        .withUid("11111111-1111-1111-1111-111111111111")
                        .build(),
                Map.of("web.orders", "key-of-web", "orders.mail", "key-of-orders"),
                Map.of("orders", Map.of("PASSWORD", "opened")),
                new CellCertificate(
                        "chain", "key", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z")),
                "roots",
                Map.of("web", image("web"), "orders", image("orders"), "api", image("api")),
                instances,
                null,
                gates);
    }

    static String image(String component) {
        return "registry.test/releases:" + component + "@sha256:" + "0".repeat(64);
    }
}
