package dev.cytoplane.dataplane.kubernetes.desired;

/** The gateway's ports. Its Service offers the public ones under their usual numbers. */
public final class Ports {

    static final int HTTP = 8080;
    static final int HTTPS = 8443;
    static final int WESTBOUND = 9443;
    static final int OUTBOUND = 9080;
    public static final int MANAGEMENT = 9090;
    static final int DNS = 53;

    private Ports() {}
}
