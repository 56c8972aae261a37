package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import java.util.Optional;

/** An environment of an organization, whose cells may share a gateway. Its namespace holds that and nothing else. */
public record Environment(String organization, String name) {

    public static Environment of(Cell.Metadata cell) {
        return new Environment(cell.organization(), cell.environment());
    }

    /** By an object's labels: of a cell, or of what its cells share. */
    public static Optional<Environment> of(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String organization = labels == null ? null : labels.get(Labels.ORGANIZATION);
        String name = labels == null ? null : labels.get(Labels.ENVIRONMENT);
        return organization == null || name == null
                ? Optional.empty()
                : Optional.of(new Environment(organization, name));
    }

    public String namespace() {
        return Names.environment(organization, name);
    }

    /** Whether a cell is of this environment, by its name. */
    public boolean has(String cell) {
        return cell.endsWith("." + name + "." + organization);
    }

    /** Where the shared gateway is to be; what it is told besides, only that gateway's own reconcile writes. */
    public Namespace place() {
        GatewayHome home = GatewayHome.of(this);
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(home.namespace())
                .withLabels(home.labels())
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .addToLabels("pod-security.kubernetes.io/enforce-version", "latest")
                .endMetadata()
                .build();
    }
}
