package dev.cytoplane.dataplane.kubernetes.desired;

/** Where a cell's gateway answers inside its cluster. */
public final class GatewayAddress {

    private GatewayAddress() {}

    /** host:port for other cells' calls. */
    public static String westbound(String cell, ClusterSettings settings) {
        return Names.gatewayHost(cell, settings.clusterDomain()) + ":" + Ports.WESTBOUND;
    }
}
