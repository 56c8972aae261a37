package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
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
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The network of a cell: nothing in and nothing out, then what is declared. Ports are those that pods listen on, since
 * policies are applied after a Service has been resolved.
 */
final class Policies {

    private static final String ANYWHERE = "0.0.0.0/0";
    private static final String ANYWHERE_6 = "::/0";
    /** Where clouds keep the credentials of their machines. */
    private static final String LINK_LOCAL = "169.254.0.0/16";

    private final Cell cell;
    private final Given given;
    private final ClusterSettings settings;

    private Policies(Cell cell, Given given, ClusterSettings settings) {
        this.cell = cell;
        this.given = given;
        this.settings = settings;
    }

    static List<NetworkPolicy> of(Cell cell, Given given, ClusterSettings settings) {
        return new Policies(cell, given, settings).all();
    }

    private List<NetworkPolicy> all() {
        List<NetworkPolicy> policies = new ArrayList<>();
        policies.add(policy("default-deny", Map.of(), List.of(), List.of()));
        policies.add(policy("names", Map.of(), List.of(), List.of(names())));
        policies.add(policy("gateway", Labels.gateway(), gatewayIn(), gatewayOut()));
        for (Cell.Component component : cell.spec().components()) {
            policies.add(policy(
                    "component-" + component.name(),
                    Labels.component(component.name()),
                    componentIn(component),
                    componentOut(component)));
        }
        return policies;
    }

    /** Every component may ask for names, of this cluster's name servers only. */
    private NetworkPolicyEgressRule names() {
        return out(List.of(pods(settings.dns())), port("UDP", Ports.DNS), port("TCP", Ports.DNS));
    }

    private List<NetworkPolicyIngressRule> gatewayIn() {
        List<NetworkPolicyIngressRule> rules = new ArrayList<>();
        if (GatewayServices.isPublic(cell)) {
            rules.add(in(List.of(), tcp(Ports.HTTP), tcp(Ports.HTTPS)));
        }
        if (settings.westbound().opens() && GatewayServices.hasCallers(cell)) {
            // From anywhere, because a caller may be in another cluster: who it is, its certificate says.
            rules.add(in(List.of(), tcp(Ports.WESTBOUND)));
        } else if (GatewayServices.hasCallers(cell)) {
            rules.add(in(callersHere(), tcp(Ports.WESTBOUND)));
        }
        ClusterSettings.Pods dataPlane = settings.dataPlane();
        if (dataPlane != null) {
            rules.add(in(List.of(pods(dataPlane)), tcp(Ports.MANAGEMENT)));
        }
        List<NetworkPolicyPeer> callers = cell.spec().components().stream()
                .filter(Connections::anyLeaves)
                .map(component -> pods(Labels.component(component.name())))
                .toList();
        if (!callers.isEmpty()) {
            rules.add(in(callers, tcp(Ports.OUTBOUND)));
        }
        return rules;
    }

    private List<NetworkPolicyPeer> callersHere() {
        return gateways(cell.spec().components().stream()
                .flatMap(component -> component.endpoints().stream())
                .flatMap(endpoint -> endpoint.callers().stream())
                .map(Cell.Caller::cell)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Of cells of this cluster. */
    private static List<NetworkPolicyPeer> gateways(Set<String> cells) {
        return cells.stream()
                .map(other -> new NetworkPolicyPeerBuilder()
                        .withNamespaceSelector(namespace(Names.namespace(other)))
                        .withPodSelector(selector(Labels.gateway()))
                        .build())
                .toList();
    }

    private List<NetworkPolicyEgressRule> gatewayOut() {
        List<NetworkPolicyEgressRule> rules = new ArrayList<>();
        for (Cell.Component component : cell.spec().components()) {
            NetworkPolicyPort[] ports = throughTheGateway(component);
            if (ports.length > 0) {
                rules.add(out(List.of(pods(Labels.component(component.name()))), ports));
            }
        }
        Set<String> cellsHere = new TreeSet<>();
        Set<Integer> portsOutside = new TreeSet<>();
        connections().forEach(connection -> {
            Cell.OtherCell other = connection.otherCell();
            Cell.External external = connection.external();
            if (other != null && other.address() == null) {
                cellsHere.add(other.cell());
            } else if (other != null) {
                portsOutside.add(portOf("//" + other.address()));
            } else if (external != null) {
                portsOutside.add(portOf(external.url()));
            }
        });
        Cell.TokenIssuer issuer = cell.spec().tokenIssuer();
        if (issuer != null) {
            portsOutside.add(portOf(issuer.jwksUri()));
        }
        if (settings.telemetryEndpoint() != null) {
            portsOutside.add(portOf(settings.telemetryEndpoint()));
        }
        if (!cellsHere.isEmpty()) {
            rules.add(out(gateways(cellsHere), tcp(Ports.WESTBOUND)));
        }
        if (!portsOutside.isEmpty()) {
            // A policy knows no host names: which host may be called, the gateway decides.
            rules.add(out(outside(), portsOutside.stream().map(Policies::tcp).toArray(NetworkPolicyPort[]::new)));
        }
        return rules;
    }

    private List<NetworkPolicyIngressRule> componentIn(Cell.Component component) {
        List<NetworkPolicyIngressRule> rules = new ArrayList<>();
        NetworkPolicyPort[] ports = throughTheGateway(component);
        if (ports.length > 0) {
            rules.add(in(List.of(pods(Labels.gateway())), ports));
        }
        for (Cell.Endpoint endpoint : component.endpoints()) {
            List<NetworkPolicyPeer> callers = cell.spec().components().stream()
                    .filter(caller -> caller.connections().stream()
                            .anyMatch(connection -> calls(connection, component, endpoint)))
                    .map(caller -> pods(Labels.component(caller.name())))
                    .toList();
            if (!callers.isEmpty()) {
                rules.add(in(callers, tcp(endpoint.port())));
            }
        }
        return rules;
    }

    private List<NetworkPolicyEgressRule> componentOut(Cell.Component component) {
        Map<String, Set<Integer>> called = new TreeMap<>();
        for (Cell.Connection connection : component.connections()) {
            Connections.endpoint(cell, connection.sameCell())
                    .ifPresent(endpoint -> called.computeIfAbsent(
                                    Objects.requireNonNull(connection.sameCell())
                                            .component(),
                                    unused -> new TreeSet<>())
                            .add(endpoint.port()));
        }
        List<NetworkPolicyEgressRule> rules = new ArrayList<>();
        called.forEach((name, ports) -> rules.add(out(
                List.of(pods(Labels.component(name))),
                ports.stream().map(Policies::tcp).toArray(NetworkPolicyPort[]::new))));
        if (Connections.anyLeaves(component)) {
            rules.add(out(List.of(pods(Labels.gateway())), tcp(Ports.OUTBOUND)));
        }
        return rules;
    }

    private static boolean calls(Cell.Connection connection, Cell.Component component, Cell.Endpoint endpoint) {
        Cell.SameCell called = connection.sameCell();
        return called != null
                && called.component().equals(component.name())
                && called.endpoint().equals(endpoint.name());
    }

    private static NetworkPolicyPort[] throughTheGateway(Cell.Component component) {
        return component.endpoints().stream()
                .filter(endpoint -> endpoint.visibility() != Visibility.PROJECT && endpoint.protocol() != Protocol.TCP)
                .map(Cell.Endpoint::port)
                .distinct()
                .sorted()
                .map(Policies::tcp)
                .toArray(NetworkPolicyPort[]::new);
    }

    private Stream<Cell.Connection> connections() {
        return cell.spec().components().stream()
                .sorted(Comparator.comparing(Cell.Component::name))
                .flatMap(component -> component.connections().stream());
    }

    /** Everything that is not this cluster. */
    private List<NetworkPolicyPeer> outside() {
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

    private static int portOf(String url) {
        URI uri = URI.create(url);
        return uri.getPort() != -1 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private NetworkPolicy policy(
            String name,
            Map<String, String> pods,
            List<NetworkPolicyIngressRule> in,
            List<NetworkPolicyEgressRule> out) {
        return new NetworkPolicyBuilder()
                .withMetadata(Labels.meta(name, cell.metadata()))
                .withNewSpec()
                .withPodSelector(selector(pods))
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(in)
                .withEgress(out)
                .endSpec()
                .build();
    }

    private static NetworkPolicyIngressRule in(List<NetworkPolicyPeer> from, NetworkPolicyPort... ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(from)
                .withPorts(ports)
                .build();
    }

    private static NetworkPolicyEgressRule out(List<NetworkPolicyPeer> to, NetworkPolicyPort... ports) {
        return new NetworkPolicyEgressRuleBuilder().withTo(to).withPorts(ports).build();
    }

    private static NetworkPolicyPeer pods(ClusterSettings.Pods pods) {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(namespace(pods.namespace()))
                .withPodSelector(selector(pods.labels()))
                .build();
    }

    private static NetworkPolicyPeer pods(Map<String, String> labels) {
        return new NetworkPolicyPeerBuilder().withPodSelector(selector(labels)).build();
    }

    private static LabelSelector selector(Map<String, String> labels) {
        return new LabelSelectorBuilder().withMatchLabels(labels).build();
    }

    private static LabelSelector namespace(String name) {
        return selector(Map.of("kubernetes.io/metadata.name", name));
    }

    private static NetworkPolicyPort tcp(int port) {
        return port("TCP", port);
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(port))
                .build();
    }
}
