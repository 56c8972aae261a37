package dev.cytoplane.testcluster;

import java.nio.file.Path;

/** Where a cluster comes from. */
interface Provider extends AutoCloseable {

    String kubeconfig();

    String description();

    String hostAddress();

    void load(Path image);

    ImageRegistry registry();

    /** Kills one of its processes, as {@code kube-apiserver} or {@code etcd}, which then starts again. */
    default void restart(String process) {
        throw new IllegalStateException("A test cannot restart " + process + " of " + description()
                + ": run it on a cluster of deploy/test-cluster, without KUBECONFIG");
    }

    /** Ends what runs its pods, with every container; the API server stays. */
    default void loseNode() {
        throw new IllegalStateException("A test cannot lose the node of " + description()
                + ": run it on a cluster of deploy/test-cluster, without KUBECONFIG");
    }

    /** Lets what {@link #loseNode} ended start again. */
    default void bringNodeBack() {}

    /** Makes it tell what its pods use, where it does not already. */
    default void tellMetrics() {}

    /** Has Flux in it, where it has not already. */
    default void bringFlux() {}

    /** Has Argo CD in it, where it has not already. */
    default void bringArgoCd() {}

    /** Ends what this provider started; what was there before stays. */
    @Override
    void close();
}
