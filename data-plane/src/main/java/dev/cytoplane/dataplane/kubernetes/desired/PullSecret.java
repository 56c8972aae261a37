package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the nodes pull a cell's images with. No pod of the cell can read it. */
final class PullSecret {

    private static final String NAME = "registry";

    private PullSecret() {}

    static Optional<Secret> of(Cell cell, ClusterSettings settings) {
        return of(GatewayHome.of(cell.metadata()), settings);
    }

    static Optional<Secret> of(GatewayHome home, ClusterSettings settings) {
        return Optional.ofNullable(settings.pullSecret())
                .map(content -> new SecretBuilder()
                        .withMetadata(home.meta(NAME))
                        .withType("kubernetes.io/dockerconfigjson")
                        .withData(Map.of(
                                ".dockerconfigjson", GatewayFiles.encode(content.getBytes(StandardCharsets.UTF_8))))
                        .build());
    }

    static List<LocalObjectReference> references(ClusterSettings settings) {
        return settings.pullSecret() == null ? List.of() : List.of(new LocalObjectReference(NAME));
    }
}
