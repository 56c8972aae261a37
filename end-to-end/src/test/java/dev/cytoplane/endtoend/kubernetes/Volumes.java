package dev.cytoplane.endtoend.kubernetes;

import dev.cytoplane.testcluster.Cluster;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Volumes of a cluster that makes none by itself: folders of its one node, which is this machine. */
final class Volumes implements AutoCloseable {

    private final KubernetesClient client;
    private final String storageClass;
    private final List<PersistentVolume> volumes = new ArrayList<>();

    private Volumes(KubernetesClient client, String storageClass) {
        this.client = client;
        this.storageClass = storageClass;
    }

    /** A class of its own, with so many volumes. Empty where the cluster has a class that is the default. */
    static Volumes of(Cluster cluster, Path folder, int number) throws IOException {
        KubernetesClient client = cluster.client();
        boolean dynamic = client.storage().v1().storageClasses().list().getItems().stream()
                .anyMatch(found -> found.getMetadata().getAnnotations() != null
                        && "true"
                                .equals(found.getMetadata()
                                        .getAnnotations()
                                        .get("storageclass.kubernetes.io/is-default-class")));
        if (dynamic) {
            return new Volumes(client, "");
        }
        Volumes made = new Volumes(client, cluster.unique());
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(made.storageClass)
                        .endMetadata()
                        .withProvisioner("kubernetes.io/no-provisioner")
                        .withVolumeBindingMode("WaitForFirstConsumer")
                        .build())
                .create();
        Node node = client.nodes().list().getItems().getFirst();
        for (int i = 0; i < number; i++) {
            made.volume(
                    made.storageClass + "-" + i,
                    Files.createDirectories(folder.resolve("volume-" + i)),
                    Objects.requireNonNull(node.getMetadata().getLabels().get("kubernetes.io/hostname")));
        }
        return made;
    }

    private void volume(String name, Path folder, String node) {
        PersistentVolume volume = new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withCapacity(Map.of("storage", new Quantity("20Gi")))
                .withAccessModes("ReadWriteOnce")
                .withPersistentVolumeReclaimPolicy("Retain")
                .withStorageClassName(storageClass)
                .withNewLocal()
                .withPath(folder.toString())
                .endLocal()
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("kubernetes.io/hostname")
                .withOperator("In")
                .withValues(node)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec()
                .build();
        client.resource(volume).create();
        volumes.add(volume);
    }

    /** Empty for the cluster's default. */
    String storageClass() {
        return storageClass;
    }

    @Override
    public void close() {
        volumes.forEach(volume -> client.resource(volume).delete());
        if (!storageClass.isEmpty()) {
            client.storage().v1().storageClasses().withName(storageClass).delete();
        }
    }
}
