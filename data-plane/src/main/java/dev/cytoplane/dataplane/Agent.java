package dev.cytoplane.dataplane;

/** A data plane's process: it joins, watches, and keeps the cells of its runtime as they are wanted. */
interface Agent extends AutoCloseable {

    void start();

    /** The cells are taken care of. Whether the control plane can be reached is another matter. */
    boolean isReady();

    /** Whether the control plane can be reached. */
    boolean isConnected();

    @Override
    void close();
}
