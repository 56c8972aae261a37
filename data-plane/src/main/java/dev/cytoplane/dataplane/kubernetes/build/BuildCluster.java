package dev.cytoplane.dataplane.kubernetes.build;

import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.BuildsSettings;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for every build of a cluster.
 *
 * @param tools versions by name
 * @param link base URL of the control plane's link, as pods reach it
 * @param linkNetworks the addresses of that, in CIDR form
 * @param networks what builds may call besides
 */
record BuildCluster(
        String image,
        Map<String, String> tools,
        String platform,
        String namespace,
        int concurrency,
        int processors,
        URI link,
        List<String> linkNetworks,
        List<String> networks,
        ClusterSettings cluster) {

    private static final String KEY = "cytoplane.data-plane.builds.";
    private static final Set<String> TOOLS = Set.of("java", "maven", "node", "npm");

    /** @param linkUrl the data plane's own */
    static BuildCluster of(BuildsSettings settings, URI linkUrl, ClusterSettings cluster) {
        URI link = Objects.requireNonNullElse(settings.controlPlaneUrl(), linkUrl);
        return new BuildCluster(
                required("image", settings.image()),
                tools(settings.tools()),
                settings.platform(),
                settings.namespace(),
                Math.max(1, settings.concurrency()),
                Math.max(1, settings.processors()),
                link,
                settings.controlPlaneNetworks().isEmpty() ? List.of(network(link)) : settings.controlPlaneNetworks(),
                settings.networks(),
                cluster);
    }

    private static String required(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(KEY + key + " is missing; a data plane that builds needs it");
        }
        return value;
    }

    private static Map<String, String> tools(List<String> given) {
        Map<String, String> tools = new TreeMap<>();
        for (String tool : given) {
            int equals = tool.indexOf('=');
            if (equals < 1 || !TOOLS.contains(tool.substring(0, equals))) {
                throw new IllegalArgumentException(
                        KEY + "tools has " + tool + "; each is name=version, and the names are java, maven, node, npm");
            }
            tools.put(tool.substring(0, equals), tool.substring(equals + 1));
        }
        return tools;
    }

    private static String network(URI link) {
        String host = String.valueOf(link.getHost());
        try {
            InetAddress address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
            return address.getHostAddress() + (address.getAddress().length == 4 ? "/32" : "/128");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    KEY + "control-plane-networks is missing: policies are of addresses, and " + host + " is a name");
        }
    }

    int linkPort() {
        return link.getPort() == -1 ? 443 : link.getPort();
    }
}
