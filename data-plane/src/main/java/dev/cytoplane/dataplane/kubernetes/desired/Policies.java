package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The network of a cell: nothing in and nothing out, then what is declared. Ports are those that pods listen on, since
 * policies are applied after a Service has been resolved.
 *
 * <p>While a cell changes over to another gateway no rule comes to stand before one that was there: kube-router keeps whom a rule is
 * for by its place in the policy, and changes that a moment before the ports.
 */
final class Policies {

    private final Cell cell;
    private final Gates gates;
    private final ClusterSettings settings;

    private Policies(Cell cell, Given given, ClusterSettings settings) {
        this.cell = cell;
        this.gates = given.gates();
        this.settings = settings;
    }

    static List<NetworkPolicy> of(Cell cell, Given given, ClusterSettings settings) {
        return new Policies(cell, given, settings).all();
    }

    /** What the gateway of its environment may do for it, where it serves it; in that gateway's namespace. */
    static Optional<NetworkPolicy> inEnvironment(Cell cell, Given given, ClusterSettings settings) {
        return given.gates()
                .shared(cell.metadata().name())
                .map(place -> GatewayRules.shared(cell, settings, given.gates(), place))
                .map(rules -> Rules.policy(
                        Labels.inEnvironment(Names.inEnvironment(cell.metadata().name()), cell.metadata(), given),
                        Labels.gateway(),
                        rules.in(),
                        rules.out()));
    }

    private List<NetworkPolicy> all() {
        List<NetworkPolicy> policies = new ArrayList<>();
        policies.add(policy("default-deny", Map.of(), List.of(), List.of()));
        policies.add(policy("names", Map.of(), List.of(), List.of(Rules.names(settings))));
        if (gates.own()) {
            GatewayRules rules = GatewayRules.own(cell, settings, gates);
            policies.add(policy("gateway", Labels.gateway(), rules.in(), rules.out()));
        }
        for (Cell.Component component : cell.spec().components()) {
            policies.add(policy(
                    "component-" + component.name(),
                    Labels.component(component.name()),
                    componentIn(component),
                    componentOut(component)));
            if (Connections.anyLeaves(component)) {
                // Its own cell's port there, and no neighbour's: who comes in at that speaks as the neighbour.
                gates.shared(cell.metadata().name())
                        .map(place ->
                                Rules.out(List.of(GatewayRules.environments(cell)), Rules.tcp(place.outboundPort())))
                        .ifPresent(rule -> policies.add(policy(
                                "shared-gateway-" + component.name(),
                                Labels.component(component.name()),
                                List.of(),
                                List.of(rule))));
            }
        }
        return policies;
    }

    private List<NetworkPolicyIngressRule> componentIn(Cell.Component component) {
        List<NetworkPolicyIngressRule> rules = new ArrayList<>();
        NetworkPolicyPort[] ports = throughTheGateway(component);
        List<NetworkPolicyPeer> gateways = gateways();
        if (ports.length > 0 && !gateways.isEmpty()) {
            rules.add(Rules.in(gateways, ports));
        }
        for (Cell.Endpoint endpoint : component.endpoints()) {
            List<NetworkPolicyPeer> callers = cell.spec().components().stream()
                    .filter(caller -> caller.connections().stream()
                            .anyMatch(connection -> calls(connection, component, endpoint)))
                    .map(caller -> Rules.pods(Labels.component(caller.name())))
                    .toList();
            if (!callers.isEmpty()) {
                rules.add(Rules.in(callers, Rules.tcp(endpoint.port())));
            }
        }
        return rules;
    }

    /** Those that call this cell's components. */
    private List<NetworkPolicyPeer> gateways() {
        List<NetworkPolicyPeer> gateways = new ArrayList<>();
        if (gates.own()) {
            gateways.add(Rules.pods(Labels.gateway()));
        }
        if (gates.shared(cell.metadata().name()).isPresent()) {
            gateways.add(GatewayRules.environments(cell));
        }
        return gateways;
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
        called.forEach((name, ports) -> rules.add(Rules.out(
                List.of(Rules.pods(Labels.component(name))),
                ports.stream().map(Rules::tcp).toArray(NetworkPolicyPort[]::new))));
        if (Connections.anyLeaves(component) && gates.own()) {
            rules.add(Rules.out(List.of(Rules.pods(Labels.gateway())), Rules.tcp(Ports.OUTBOUND)));
        }
        return rules;
    }

    private static boolean calls(Cell.Connection connection, Cell.Component component, Cell.Endpoint endpoint) {
        Cell.SameCell called = connection.sameCell();
        return called != null
                && called.component().equals(component.name())
                && called.endpoint().equals(endpoint.name());
    }

    static NetworkPolicyPort[] throughTheGateway(Cell.Component component) {
        return component.endpoints().stream()
                .filter(endpoint -> endpoint.visibility() != Visibility.PROJECT && endpoint.protocol() != Protocol.TCP)
                .map(Cell.Endpoint::port)
                .distinct()
                .sorted()
                .map(Rules::tcp)
                .toArray(NetworkPolicyPort[]::new);
    }

    private NetworkPolicy policy(
            String name,
            Map<String, String> pods,
            List<NetworkPolicyIngressRule> in,
            List<NetworkPolicyEgressRule> out) {
        return Rules.policy(Labels.meta(name, cell.metadata()), pods, in, out);
    }
}
