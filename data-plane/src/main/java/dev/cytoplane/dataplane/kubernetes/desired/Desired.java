package dev.cytoplane.dataplane.kubernetes.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The objects of a cell, in the order in which they are applied.
 *
 * @param cell what all the others need: without it none of them may be
 * @param parts the gateway's under {@link Names#GATEWAY}, and each component's under its name; one does not need another
 */
public record Desired(List<HasMetadata> cell, SequencedMap<String, List<HasMetadata>> parts) {

    public List<HasMetadata> all() {
        return Stream.concat(cell.stream(), parts.values().stream().flatMap(List::stream))
                .toList();
    }

    /** What is there for the gateway to read. */
    public Optional<Secret> gatewayConfiguration() {
        return all().stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .filter(secret -> secret.getMetadata().getName().equals(Names.GATEWAY_CONFIGURATION))
                .findFirst();
    }
}
