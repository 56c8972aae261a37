package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the objects of a cell are told apart. Kubernetes' recommended labels, and the platform's own words. */
public final class Labels {

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGER = "cytoplane";
    public static final String NAME = "app.kubernetes.io/name";
    /** The annotation of a component's pods that says which release they run. */
    public static final String RELEASE = "cytoplane.dev/release";

    static final String ORGANIZATION = "cytoplane.dev/organization";
    static final String ENVIRONMENT = "cytoplane.dev/environment";
    static final String PROJECT = "cytoplane.dev/project";
    /** What all cells of an environment share has this, and no project. */
    public static final String GATEWAY_OF = "cytoplane.dev/gateway-of";
    /** A cell's part of its environment's gateway has this. */
    public static final String PART = "cytoplane.dev/gateway-part";

    public static final String OF_ENVIRONMENT = "environment";
    /** What a pod is in its cell: gateway, or component. */
    static final String ROLE = "cytoplane.dev/role";

    static final String GATEWAY = "gateway";
    static final String COMPONENT = "component";

    private Labels() {}

    static ObjectMeta meta(String name, Cell.Metadata cell) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(Names.namespace(cell.name()))
                .withLabels(common(cell))
                .build();
    }

    /** Of what a cell has beside the gateway of its environment. It goes with the cell, which is all that owns it. */
    static ObjectMeta inEnvironment(String name, Cell.Metadata cell, Given given) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(Environment.of(cell).namespace())
                .withLabels(common(cell))
                .withOwnerReferences(given.owner())
                .build();
    }

    static Map<String, String> common(Cell.Metadata cell) {
        return new TreeMap<>(Map.of(
                MANAGED_BY,
                MANAGER,
                ORGANIZATION,
                cell.organization(),
                ENVIRONMENT,
                cell.environment(),
                PROJECT,
                cell.project()));
    }

    /** The cell that an object belongs to, by its labels; whoever can write labels elsewhere can say so, too. */
    public static Optional<String> cell(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String project = labels.get(PROJECT);
        String environment = labels.get(ENVIRONMENT);
        String organization = labels.get(ORGANIZATION);
        return project == null || environment == null || organization == null
                ? Optional.empty()
                : Optional.of(project + "." + environment + "." + organization);
    }

    /** Whether it is of what all cells of an environment share. */
    public static boolean isOfEnvironment(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && OF_ENVIRONMENT.equals(labels.get(GATEWAY_OF));
    }

    static Map<String, String> pod(Cell.Metadata cell, String name, String role) {
        Map<String, String> labels = common(cell);
        labels.putAll(selector(name, role));
        return labels;
    }

    /** Which pods; the part of their labels that never changes. */
    static Map<String, String> selector(String name, String role) {
        return new TreeMap<>(Map.of(NAME, name, ROLE, role));
    }

    /** Of the pods of every component. */
    public static Map<String, String> components() {
        return Map.of(ROLE, COMPONENT);
    }

    public static Map<String, String> component(String name) {
        return selector(name, COMPONENT);
    }

    public static Map<String, String> gateway() {
        return selector(Names.GATEWAY, GATEWAY);
    }

    /** Of the pods of every gateway. */
    public static Map<String, String> gateways() {
        return new TreeMap<>(Map.of(MANAGED_BY, MANAGER, ROLE, GATEWAY));
    }

    /** Whoever can write labels elsewhere is not part of a cell. */
    public static boolean isWhereItsEnvironmentIs(HasMetadata object) {
        return isOfEnvironment(object)
                && Environment.of(object)
                        .filter(environment -> environment
                                .namespace()
                                .equals(object.getMetadata().getNamespace()))
                        .isPresent();
    }

    /** The same of a cell. */
    public static boolean isWhereItsCellIs(HasMetadata object) {
        return cell(object)
                .filter(cell ->
                        Names.namespace(cell).equals(object.getMetadata().getNamespace()))
                .isPresent();
    }
}
