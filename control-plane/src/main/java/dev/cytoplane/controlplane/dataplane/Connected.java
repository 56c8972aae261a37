package dev.cytoplane.controlplane.dataplane;

/** Which data planes watch their cells now. */
public interface Connected {

    boolean isConnected(String dataPlane);
}
