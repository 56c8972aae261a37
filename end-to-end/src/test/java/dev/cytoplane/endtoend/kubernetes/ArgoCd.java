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
import org.jspecify.annotations.Nullable;

/** The real Argo CD of a cluster, which follows a repository by the objects that the guide shows. */
final class ArgoCd implements GitTool {

    private static final String NAME = "cells";
    private static final String NAMESPACE = "argocd";
    private static final String REFRESH = "argocd.argoproj.io/refresh";

    private final KubernetesClient client;

    private ArgoCd(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Has it follow {@link GitDelivery#BRANCH}. How often it looks is told to the controller of all.
     *
     * @param address of the repository, as pods reach it
     * @param token of who may read it
     */
    static ArgoCd follow(Cluster cluster, Path root, String address, String token) throws IOException {
        KubernetesClient client = cluster.client();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(NAMESPACE)
                        .addToLabels("argocd.argoproj.io/secret-type", "repository")
                        .endMetadata()
                        .withStringData(Map.of("type", "git", "url", address, "username", "git", "password", token))
                        .build())
                .create();
        Guide.apply(client, Guide.objects(root, "Argo CD", address));
        return new ArgoCd(client);
    }

    @Override
    public void suspend(boolean suspended) {
        change(Map.of("spec", Map.of("syncPolicy", Map.of("automated", Map.of("enabled", !suspended)))));
    }

    /** As {@code argocd app get --refresh} does: returns when it has compared. */
    @Override
    public void reconcile() {
        change(Map.of("metadata", Map.of("annotations", Map.of(REFRESH, "normal"))));
        Waits.until("Argo CD has looked", Waits.LONG, () -> {
            Map<String, String> annotations =
                    application().require().getMetadata().getAnnotations();
            assertThat(annotations == null ? Map.of() : annotations).as(said()).doesNotContainKey(REFRESH);
        });
    }

    @Override
    public void awaitReady() {
        Waits.until("Argo CD is ready", Waits.LONG, () -> {
            assertThat(status("sync", "status")).as(said()).isEqualTo("Synced");
            assertThat(status("operationState", "phase")).as(said()).isEqualTo("Succeeded");
        });
    }

    /** {@code Synced} or {@code OutOfSync}, as of its last look. */
    @Nullable
    String sync() {
        return status("sync", "status");
    }

    /** How all that it brought is, as of its last look: {@code Healthy}, {@code Progressing}, {@code Degraded}. */
    @Nullable
    String health() {
        return status("health", "status");
    }

    @Override
    public String said() {
        GenericKubernetesResource application = application().get();
        return application == null
                ? "There is no Application"
                : "Application " + Serialization.asJson(application.getAdditionalProperties());
    }

    @Override
    public void end() {
        // Else what it brought would stay.
        change(Map.of("metadata", Map.of("finalizers", List.of("resources-finalizer.argocd.argoproj.io"))));
        application().delete();
        Waits.until("the Application is gone", Waits.LONG, () -> {
            assertThat(application().get()).as(said()).isNull();
        });
        find("AppProject").delete();
        client.secrets().inNamespace(NAMESPACE).withName(NAME).delete();
    }

    private @Nullable String status(String of, String field) {
        GenericKubernetesResource application = application().require();
        return application.get("status", of, field);
    }

    private void change(Map<String, ?> merged) {
        application().patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(merged));
    }

    private Resource<GenericKubernetesResource> application() {
        return find("Application");
    }

    private Resource<GenericKubernetesResource> find(String kind) {
        return client.genericKubernetesResources("argoproj.io/v1alpha1", kind)
                .inNamespace(NAMESPACE)
                .withName(NAME);
    }
}
