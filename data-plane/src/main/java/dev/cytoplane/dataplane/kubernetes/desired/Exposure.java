package dev.cytoplane.dataplane.kubernetes.desired;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a listener of each cell's gateway is reached from outside the cluster.
 *
 * @param annotations of the Service; in a value {@value #HOST} stands for the cell's host name
 * @param address {@code host[:port]} where others reach it, with {@value #CELL} for the cell's name; null where the cluster
 *     says it
 */
public record Exposure(
        Type type,
        Map<String, String> annotations,
        @Nullable String address) {

    /** The type of the Service, as Kubernetes names it. */
    public enum Type {
        /** Inside only. */
        CLUSTER_IP("ClusterIP"),
        /** A port of every node, another one for each cell. */
        NODE_PORT("NodePort"),
        /** An address of its own for each cell, from whatever gives the cluster its load balancers. */
        LOAD_BALANCER("LoadBalancer");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Nothing of it is outside. */
    public static final Exposure NONE = new Exposure(Type.CLUSTER_IP, Map.of(), null);

    static final String HOST = "{host}";
    static final String CELL = "{cell}";

    public Exposure {
        annotations = Map.copyOf(annotations);
    }

    /** Whether each gateway gets a Service for this. */
    boolean hasService() {
        return type != Type.CLUSTER_IP;
    }

    /** Whether anybody outside can come in this way: by a Service, or by something that stands before it. */
    boolean opens() {
        return hasService() || address != null;
    }

    Map<String, String> annotations(String host) {
        Map<String, String> written = new TreeMap<>();
        annotations.forEach((name, value) -> written.put(name, value.replace(HOST, host)));
        return written;
    }
}
