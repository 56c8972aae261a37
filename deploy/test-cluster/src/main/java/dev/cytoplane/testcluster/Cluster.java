package dev.cytoplane.testcluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A cluster as one test class sees it. Namespaces made through it go when the class is done. */
public final class Cluster {

    private final Provider provider;
    private final String owner;
    private final KubernetesClient client;
    private final Queue<String> namespaces = new ConcurrentLinkedQueue<>();

    Cluster(Provider provider, Class<?> owner) {
        this.provider = provider;
        this.owner = owner.getSimpleName().toLowerCase(Locale.ROOT);
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(provider.kubeconfig()))
                .build();
    }

    /** A client with every right. Closed when the class is done. */
    public KubernetesClient client() {
        return client;
    }

    /** The content of its kubeconfig. */
    public String kubeconfig() {
        return provider.kubeconfig();
    }

    /** Which cluster it is, in a sentence. */
    public String description() {
        return provider.description();
    }

    /** The version that its API server tells, as {@code v1.34.4}. */
    public String version() {
        return client.getKubernetesVersion().getGitVersion();
    }

    /** An address of this machine that its pods reach, for servers that a test starts. */
    public String hostAddress() {
        return provider.hostAddress();
    }

    /** Makes an image known to every node: an archive as {@code docker save} and Jib write it. */
    public void load(Path image) {
        provider.load(image);
    }

    /** A registry that its nodes pull from. */
    public ImageRegistry registry() {
        return provider.registry();
    }

    /**
     * Kills one of its processes, as {@code kube-apiserver} or {@code etcd}, which then starts again.
     *
     * @throws IllegalStateException where a test may not do that
     */
    public void restart(String process) {
        provider.restart(process);
    }

    /**
     * From now on it tells what its pods use, which autoscalers need.
     *
     * @throws IllegalStateException where nothing tells it
     */
    public void tellMetrics() {
        provider.tellMetrics();
        if (!client.hasApiGroup("metrics.k8s.io", true)) {
            throw new IllegalStateException("There is no metrics server in " + description());
        }
    }

    /**
     * From now on Flux works in it: its source-controller and its kustomize-controller.
     *
     * @throws IllegalStateException where there is none and none can be brought
     */
    public void bringFlux() {
        provider.bringFlux();
        if (!client.hasApiGroup("kustomize.toolkit.fluxcd.io", true)) {
            throw new IllegalStateException("There is no Flux in " + description());
        }
    }

    /**
     * From now on Argo CD works in it, in the namespace {@code argocd}: its controller and its repo-server.
     *
     * @throws IllegalStateException where there is none and none can be brought
     */
    public void bringArgoCd() {
        provider.bringArgoCd();
        if (!client.hasApiGroup("argoproj.io", true)) {
            throw new IllegalStateException("There is no Argo CD in " + description());
        }
    }

    /**
     * Its node is gone, with every container on it, until it is {@linkplain #bringNodeBack brought back}. The API server goes on.
     *
     * @throws IllegalStateException where a test may not do that
     */
    public void loseNode() {
        provider.loseNode();
    }

    /** The node starts again, as a machine does that had no power: with its disk, and without its containers. */
    public void bringNodeBack() {
        provider.bringNodeBack();
    }

    /** A new namespace that no other test has. */
    public String namespace() {
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(unique())
                .endMetadata()
                .build();
        client.resource(namespace).create();
        namespaces.add(namespace.getMetadata().getName());
        return namespace.getMetadata().getName();
    }

    /** A name that no other test has, in lower case, at most 40 characters. */
    public String unique() {
        String random = UUID.randomUUID().toString().substring(0, 8);
        return owner.substring(0, Math.min(owner.length(), 31)) + "-" + random;
    }

    void close() {
        namespaces.forEach(name -> client.namespaces().withName(name).delete());
        client.close();
    }
}
