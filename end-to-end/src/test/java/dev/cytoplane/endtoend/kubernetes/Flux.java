package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.testcluster.Cluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The real Flux of a cluster, which follows a repository by the objects that the guide shows. */
final class Flux implements GitTool {

    private static final String NAME = "cells";
    private static final String NAMESPACE = "flux-system";

    private final KubernetesClient client;
    private final String namespace;

    private Flux(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Has it follow {@link GitDelivery#BRANCH}, more often than the guide says.
     *
     * @param address of the repository, as pods reach it
     * @param token of who may read it
     */
    static Flux follow(Cluster cluster, Path root, String address, String token) throws IOException {
        Flux flux = new Flux(cluster.client(), cluster.namespace());
        flux.client
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(flux.namespace)
                        .endMetadata()
                        .withStringData(Map.of("username", "git", "password", token))
                        .build())
                .create();
        String objects = Guide.objects(root, "Flux", address)
                .replace("namespace: " + NAMESPACE, "namespace: " + flux.namespace)
                .replaceAll("(?m)^( *(?:interval|retryInterval)): .*$", "$1: 5s");
        Guide.apply(flux.client, objects);
        return flux;
    }

    /** As {@code flux suspend kustomization} does, until it is to go on. */
    @Override
    public void suspend(boolean suspended) {
        change(Map.of("spec", Map.of("suspend", suspended)));
    }

    /** Has it wait until what it applied is ready, or not. */
    void waitForHealth(boolean wait) {
        change(Map.of("spec", Map.of("wait", wait, "timeout", "2m")));
    }

    /** As {@code flux reconcile kustomization} does: returns when it has been done. */
    @Override
    public void reconcile() {
        String request = UUID.randomUUID().toString();
        change(Map.of("metadata", Map.of("annotations", Map.of("reconcile.fluxcd.io/requestedAt", request))));
        Waits.until("Flux has looked", Waits.LONG, () -> {
            Object handled = kustomization().require().get("status", "lastHandledReconcileAt");
            assertThat(handled).as(said()).isEqualTo(request);
        });
    }

    @Override
    public void awaitReady() {
        Waits.until(
                "Flux is ready",
                Waits.LONG,
                () -> assertThat(condition("Ready")).as(said()).contains("True"));
    }

    /** The state of a condition of the Kustomization; empty when there is no such. */
    Optional<String> condition(String type) {
        return conditions(kustomization().get()).stream()
                .filter(condition -> type.equals(condition.get("type")))
                .map(condition -> String.valueOf(condition.get("status")))
                .findFirst();
    }

    @Override
    public String said() {
        return "GitRepository "
                + conditions(
                        find("source.toolkit.fluxcd.io/v1", "GitRepository").get()) + "\nKustomization "
                + conditions(kustomization().get());
    }

    @Override
    public void end() {
        kustomization().delete();
        Waits.until("the Kustomization is gone", Waits.LONG, () -> {
            assertThat(kustomization().get()).as(said()).isNull();
        });
        // What the guide makes outside of a namespace.
        client.rbac().clusterRoleBindings().withName("flux-cells").delete();
        client.rbac().clusterRoles().withName("flux-cells").delete();
    }

    private void change(Map<String, ?> merged) {
        kustomization().patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(merged));
    }

    private Resource<GenericKubernetesResource> kustomization() {
        return find("kustomize.toolkit.fluxcd.io/v1", "Kustomization");
    }

    private Resource<GenericKubernetesResource> find(String apiVersion, String kind) {
        return client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withName(NAME);
    }

    private static List<Map<String, Object>> conditions(@Nullable GenericKubernetesResource resource) {
        List<Map<String, Object>> conditions = resource == null ? null : resource.get("status", "conditions");
        return conditions == null ? List.of() : conditions;
    }
}
