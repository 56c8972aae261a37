package dev.cytoplane.dataplane.kubernetes.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What network policies are written with. */
final class Rules {

    private static final String ANYWHERE = "0.0.0.0/0";
    private static final String ANYWHERE_6 = "::/0";
    /** Where clouds keep the credentials of their machines. */
    private static final String LINK_LOCAL = "169.254.0.0/16";

    private Rules() {}

    static NetworkPolicy policy(
            ObjectMeta meta,
            Map<String, String> pods,
            List<NetworkPolicyIngressRule> in,
            List<NetworkPolicyEgressRule> out) {
        return new NetworkPolicyBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withPodSelector(selector(pods))
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(in)
                .withEgress(out)
                .endSpec()
                .build();
    }

    static NetworkPolicyIngressRule in(List<NetworkPolicyPeer> from, NetworkPolicyPort... ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(from)
                .withPorts(ports)
                .build();
    }

    static NetworkPolicyEgressRule out(List<NetworkPolicyPeer> to, NetworkPolicyPort... ports) {
        return new NetworkPolicyEgressRuleBuilder().withTo(to).withPorts(ports).build();
    }

    /** Every pod may ask for names, of this cluster's name servers only. */
    static NetworkPolicyEgressRule names(ClusterSettings settings) {
        return out(List.of(pods(settings.dns())), port("UDP", Ports.DNS), port("TCP", Ports.DNS));
    }

    static NetworkPolicyPeer pods(ClusterSettings.Pods pods) {
        return pods(pods.namespace(), pods.labels());
    }

    static NetworkPolicyPeer pods(String namespace, Map<String, String> labels) {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(selector(Map.of("kubernetes.io/metadata.name", namespace)))
                .withPodSelector(selector(labels))
                .build();
    }

    /** Of the policy's own namespace. */
    static NetworkPolicyPeer pods(Map<String, String> labels) {
        return new NetworkPolicyPeerBuilder().withPodSelector(selector(labels)).build();
    }

    /** Everything that is not this cluster. */
    static List<NetworkPolicyPeer> outside(ClusterSettings settings) {
        List<String> inside = new ArrayList<>(settings.clusterNetworks());
        inside.add(LINK_LOCAL);
        return List.of(
                block(
                        ANYWHERE,
                        inside.stream().filter(cidr -> !cidr.contains(":")).toList()),
                block(
                        ANYWHERE_6,
                        inside.stream().filter(cidr -> cidr.contains(":")).toList()));
    }

    private static NetworkPolicyPeer block(String cidr, List<String> except) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .withExcept(except)
                .endIpBlock()
                .build();
    }

    private static LabelSelector selector(Map<String, String> labels) {
        return new LabelSelectorBuilder().withMatchLabels(labels).build();
    }

    static NetworkPolicyPort tcp(int port) {
        return port("TCP", port);
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(port))
                .build();
    }
}
