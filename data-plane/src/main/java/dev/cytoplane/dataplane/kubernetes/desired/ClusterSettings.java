package dev.cytoplane.dataplane.kubernetes.desired;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for every cell of a cluster.
 *
 * @param clusterDomain the domain of the cluster's Services
 * @param dns which pods answer names
 * @param clusterNetworks the addresses of pods, Services and nodes, in CIDR form: never a third party
 * @param gatewayImage the cell gateway, which is also the fence of every pod
 * @param publicDomain the domain under which cells of other clusters are assumed to have their host name
 * @param telemetryEndpoint base URL of an OTLP/HTTP receiver, told to components and gateways
 * @param pullSecret what nodes pull images with, in the form of a {@code .dockerconfigjson}; null where they need nothing
 * @param publicUrls where the gateways' public listeners are reached from outside; none where that follows from
 *     {@code frontDoor}, or nothing exposes them
 * @param frontDoor how the gateways' public listeners are exposed
 * @param westbound how their listeners for cells of other data planes are
 * @param dataPlane the data plane's own pods, which ask gateways what they do; null where it is not in the cluster
 * @param gatewayReplicas pods of each gateway
 * @param gateways whether each cell has its own, or those of an environment share one
 */
public record ClusterSettings(
        String clusterDomain,
        Pods dns,
        List<String> clusterNetworks,
        String gatewayImage,
        String publicDomain,
        @Nullable String telemetryEndpoint,
        @Nullable String pullSecret,
        List<PublicUrl> publicUrls,
        Exposure frontDoor,
        Exposure westbound,
        @Nullable Pods dataPlane,
        int gatewayReplicas,
        Gates.Kind gateways) {

    /** Without what must stay secret. */
    @Override
    public String toString() {
        return "the cluster of " + clusterDomain;
    }

    /** The front door that something puts before the gateways' Services: {@code http} or {@code https}, and its port. */
    public record PublicUrl(String scheme, int port) {

        public String of(String host) {
            boolean usual = port == (scheme.equals("https") ? 443 : 80);
            return scheme + "://" + host + (usual ? "" : ":" + port);
        }
    }

    /** Pods of a namespace, by their labels. */
    public record Pods(String namespace, Map<String, String> labels) {
        public Pods {
            labels = Map.copyOf(labels);
        }
    }

    public static final Pods KUBE_DNS = new Pods("kube-system", Map.of("k8s-app", "kube-dns"));
}
