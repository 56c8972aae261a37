package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellSpec;
import dev.cytoplane.dataplane.kubernetes.resource.Refused;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The cells that this data plane brought into its cluster. They carry its name as a label; a cell that somebody else
 * applied does not, and is left alone.
 */
final class DeliveredCells implements AutoCloseable {

    static final String DATA_PLANE = "cytoplane.dev/data-plane";

    private static final String FIELD_MANAGER = "cytoplane-delivery";
    private static final Duration RESYNC = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final Supplier<String> dataPlane;
    private final SharedIndexInformer<CellResource> informer;

    DeliveredCells(KubernetesClient client, Supplier<String> dataPlane, Consumer<String> listener) {
        this.client = client;
        this.dataPlane = dataPlane;
        this.informer = client.resources(CellResource.class).runnableInformer(RESYNC.toMillis());
        informer.addEventHandler(
                new Listening<>(cell -> listener.accept(cell.getMetadata().getName())));
    }

    /** Returns when it knows what is there. */
    void start() {
        informer.run();
    }

    /** A cell of this name, whoever applied it. */
    Optional<CellResource> find(String cell) {
        return Optional.ofNullable(informer.getStore().getByKey(cell));
    }

    List<String> ours() {
        return informer.getStore().list().stream()
                .filter(this::isOurs)
                .map(resource -> resource.getMetadata().getName())
                .toList();
    }

    boolean isOurs(CellResource resource) {
        Map<String, String> labels = resource.getMetadata().getLabels();
        return labels != null && dataPlane.get().equals(labels.get(DATA_PLANE));
    }

    static boolean carries(CellResource resource, Cell cell) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations != null
                && version(cell).equals(annotations.get(CellResource.VERSION))
                && cell.spec().equals(resource.getSpec().value());
    }

    /**
     * Server-side apply: fields that others have set beside ours stay theirs.
     *
     * @return why the cluster does not take it; empty when it has
     */
    Optional<String> apply(Cell cell) {
        CellResource resource = new CellResource();
        resource.setMetadata(new ObjectMetaBuilder()
                .withName(cell.metadata().name())
                .withLabels(Map.of(DATA_PLANE, dataPlane.get()))
                .withAnnotations(Map.of(CellResource.VERSION, version(cell)))
                .build());
        resource.setSpec(new CellSpec(cell.spec()));
        try {
            client.resource(resource)
                    .fieldManager(FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            Optional<String> refused = Refused.sentence(resource, e);
            if (refused.isEmpty()) {
                throw e;
            }
            return refused;
        }
    }

    /**
     * From here on it is somebody else's: without our label, and without a field that whoever applies it would have to take
     * from us. What it asks for stays.
     */
    void letGo(CellResource resource) {
        List<ManagedFieldsEntry> others = resource.getMetadata().getManagedFields().stream()
                .filter(entry -> !FIELD_MANAGER.equals(entry.getManager()))
                .toList();
        Map<String, Object> labels = new HashMap<>();
        labels.put(DATA_PLANE, null);
        client.resources(CellResource.class)
                .withName(resource.getMetadata().getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of(
                                "metadata",
                                Map.of(
                                        "resourceVersion",
                                        resource.getMetadata().getResourceVersion(),
                                        "labels",
                                        labels,
                                        // Kubernetes takes an empty list for no change, and an empty entry for nobody.
                                        "managedFields",
                                        others.isEmpty() ? List.of(Map.of()) : others))));
    }

    void delete(String cell) {
        client.resources(CellResource.class).withName(cell).delete();
    }

    /** Neither the cell nor anything that it owned is in the cluster any more. */
    boolean isGone(String cell) {
        return find(cell).isEmpty()
                && client.namespaces().withName(Names.namespace(cell)).get() == null;
    }

    private static String version(Cell cell) {
        return Long.toString(cell.metadata().version());
    }

    @Override
    public void close() {
        informer.close();
    }
}
