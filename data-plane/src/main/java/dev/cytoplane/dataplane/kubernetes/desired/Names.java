package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.json.ContractJson;
import java.nio.charset.StandardCharsets;

/** What the objects of a cell are called. */
public final class Names {

    /** Service, Deployment and service account of the gateway; no component may have this name. */
    public static final String GATEWAY = "cell-gateway";

    /** The Service that exposes its public listeners, where one does. */
    public static final String FRONT_DOOR = "cell-gateway-public";

    /** The Service that exposes its listener for cells of other data planes, where one does. */
    public static final String WESTBOUND = "cell-gateway-westbound";

    /** The Service of the cell's own gateway; {@link #GATEWAY} is another name for it, or for one beside a shared gateway. */
    public static final String OWN_DOOR = "cell-gateway-own";

    /** The container of a component's pods that is the component. */
    public static final String COMPONENT = "component";

    /** The key of every connection that leaves the cell. */
    public static final String CONNECTION_KEYS = "connection-keys";

    public static final String GATEWAY_CONFIGURATION = "gateway-configuration";

    private static final int READABLE = 40;

    private Names() {}

    /**
     * The namespace of a cell: readable, and no other cell's. It begins with a word of ours, so no cell can be named
     * into a namespace that is not a cell's.
     */
    public static String namespace(String cell) {
        return "cell-" + readable(cell);
    }

    /** The namespace of the gateway that the cells of an environment share; no cell's. */
    static String environment(String organization, String environment) {
        return "gateway-" + readable(environment + "." + organization);
    }

    /** A cell's Service and policy beside the gateway of its environment. */
    public static String inEnvironment(String cell) {
        return namespace(cell);
    }

    /** The Service there that exposes its listener for cells of other data planes, where one does. */
    public static String westboundInEnvironment(String cell) {
        return "mtls-" + readable(cell);
    }

    private static String readable(String name) {
        String readable = name.replace('.', '-');
        if (readable.length() > READABLE) {
            readable = readable.substring(0, READABLE);
        }
        return readable + "-" + hash(name, 8);
    }

    /** Where the gateway of a cell of the same cluster is. */
    static String gatewayHost(String cell, String clusterDomain) {
        return host(GATEWAY, namespace(cell), clusterDomain);
    }

    static String host(String service, String namespace, String clusterDomain) {
        return service + "." + namespace + ".svc." + clusterDomain;
    }

    static String hash(String text, int digits) {
        String digest = ContractJson.sha256(text.getBytes(StandardCharsets.UTF_8));
        return digest.substring("sha256:".length(), "sha256:".length() + digits);
    }
}
