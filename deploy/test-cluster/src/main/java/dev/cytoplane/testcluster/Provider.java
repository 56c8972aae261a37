package dev.cytoplane.testcluster;

import java.nio.file.Path;

/** Where a cluster comes from. */
interface Provider extends AutoCloseable {

    String kubeconfig();

    String description();

    String hostAddress();

    void load(Path image);

    ImageRegistry registry();

    /** Ends what this provider started; what was there before stays. */
    @Override
    void close();
}
