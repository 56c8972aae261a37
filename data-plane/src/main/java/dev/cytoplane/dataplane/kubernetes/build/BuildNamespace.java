package dev.cytoplane.dataplane.kubernetes.build;

import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The namespace of builds: restricted pods, nothing in, little out, and no more at once than was said. Pure. */
final class BuildNamespace {

    static final String PULL_SECRET = "registry";

    private static final int DNS = 53;
    /** Where clouds keep the credentials of their machines. */
    private static final String LINK_LOCAL = "169.254.0.0/16";

    private BuildNamespace() {}

    /** In the order in which they are to be applied: first what holds pods back. */
    static List<HasMetadata> of(BuildCluster builds) {
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(new NamespaceBuilder()
                .withNewMetadata()
                .withName(builds.namespace())
                .withLabels(BuildJob.LABELS)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .addToLabels("pod-security.kubernetes.io/enforce-version", "latest")
                .endMetadata()
                .build());
        objects.add(policy("default-deny", builds, List.of()));
        objects.add(policy("builds", builds, out(builds)));
        objects.add(quota(builds));
        if (builds.cluster().pullSecret() != null) {
            objects.add(new SecretBuilder()
                    .withMetadata(meta(PULL_SECRET, builds))
                    .withType("kubernetes.io/dockerconfigjson")
                    .withData(
                            Map.of(".dockerconfigjson", encode(builds.cluster().pullSecret())))
                    .build());
        }
        return objects;
    }

    static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static ObjectMeta meta(String name, BuildCluster builds) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(builds.namespace())
                .withLabels(BuildJob.LABELS)
                .build();
    }

    private static List<NetworkPolicyEgressRule> out(BuildCluster builds) {
        List<NetworkPolicyEgressRule> rules = new ArrayList<>();
        ClusterSettings.Pods dns = builds.cluster().dns();
        rules.add(new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", dns.namespace())
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(dns.labels())
                .endPodSelector()
                .endTo()
                .withPorts(port("UDP", DNS), port("TCP", DNS))
                .build());
        rules.add(new NetworkPolicyEgressRuleBuilder()
                .withTo(blocks(builds.linkNetworks(), List.of()))
                .withPorts(port("TCP", builds.linkPort()))
                .build());
        if (!builds.networks().isEmpty()) {
            List<String> inside = new ArrayList<>(builds.cluster().clusterNetworks());
            inside.add(LINK_LOCAL);
            rules.add(new NetworkPolicyEgressRuleBuilder()
                    .withTo(blocks(builds.networks(), inside))
                    .build());
        }
        return rules;
    }

    /** @param never what is taken out of a network that holds it: a wide one must not lead to the cluster's own */
    private static List<NetworkPolicyPeer> blocks(List<String> networks, List<String> never) {
        return networks.stream()
                .map(network -> new NetworkPolicyPeerBuilder()
                        .withNewIpBlock()
                        .withCidr(network)
                        .withExcept(never.stream()
                                .filter(inner -> Network.of(network).holds(Network.of(inner)))
                                .toList())
                        .endIpBlock()
                        .build())
                .toList();
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(port))
                .build();
    }

    private static HasMetadata policy(String name, BuildCluster builds, List<NetworkPolicyEgressRule> out) {
        return new NetworkPolicyBuilder()
                .withMetadata(meta(name, builds))
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withEgress(out)
                .endSpec()
                .build();
    }

    /** Twice as many as are to run: one that is ended counts until its grace period is over. */
    private static HasMetadata quota(BuildCluster builds) {
        Quantity most = new Quantity(Integer.toString(2 * builds.concurrency()));
        return new ResourceQuotaBuilder()
                .withMetadata(meta("builds", builds))
                .withNewSpec()
                .withHard(Map.of(
                        "pods",
                        most,
                        "services",
                        new Quantity("0"),
                        "persistentvolumeclaims",
                        new Quantity("0"),
                        "limits.cpu",
                        new Quantity(Integer.toString(2 * builds.concurrency() * (builds.processors() + 1)))))
                .endSpec()
                .build();
    }
}
