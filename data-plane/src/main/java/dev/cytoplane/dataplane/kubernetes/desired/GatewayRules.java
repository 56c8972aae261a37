package dev.cytoplane.dataplane.kubernetes.desired;

import static dev.cytoplane.dataplane.kubernetes.desired.Rules.pods;
import static dev.cytoplane.dataplane.kubernetes.desired.Rules.tcp;

import dev.cytoplane.contracts.cell.Cell;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a gateway may do for one cell: the cell's own gateway, or that of its environment at the ports that the cell has there.
 * Between cells that one gateway serves no call is on the network: there their certificates decide alone.
 */
final class GatewayRules {

    private final Cell cell;
    private final ClusterSettings settings;
    private final Gates gates;
    private final int westbound;
    private final int outbound;
    private final boolean shared;

    private GatewayRules(
            Cell cell, ClusterSettings settings, Gates gates, int westbound, int outbound, boolean shared) {
        this.cell = cell;
        this.settings = settings;
        this.gates = gates;
        this.westbound = westbound;
        this.outbound = outbound;
        this.shared = shared;
    }

    static GatewayRules own(Cell cell, ClusterSettings settings, Gates gates) {
        return new GatewayRules(cell, settings, gates, Ports.WESTBOUND, Ports.OUTBOUND, false);
    }

    static GatewayRules shared(Cell cell, ClusterSettings settings, Gates gates, Place place) {
        return new GatewayRules(cell, settings, gates, place.westboundPort(), place.outboundPort(), true);
    }

    List<NetworkPolicyIngressRule> in() {
        List<NetworkPolicyIngressRule> rules = new ArrayList<>();
        if (GatewayServices.isPublic(cell)) {
            rules.add(Rules.in(List.of(), tcp(Ports.HTTP), tcp(Ports.HTTPS)));
        }
        if (settings.westbound().opens() && GatewayServices.hasCallers(cell)) {
            // From anywhere, because a caller may be in another cluster: who it is, its certificate says.
            rules.add(Rules.in(List.of(), tcp(westbound)));
        } else if (GatewayServices.hasCallers(cell)) {
            rules.add(Rules.in(callersHere(), tcp(westbound)));
        }
        ClusterSettings.Pods dataPlane = settings.dataPlane();
        if (dataPlane != null && !shared) {
            rules.add(Rules.in(List.of(pods(dataPlane)), tcp(Ports.MANAGEMENT)));
        }
        List<NetworkPolicyPeer> callers = cell.spec().components().stream()
                .filter(Connections::anyLeaves)
                .map(this::component)
                .toList();
        if (!callers.isEmpty()) {
            rules.add(Rules.in(callers, tcp(outbound)));
        }
        return rules;
    }

    List<NetworkPolicyEgressRule> out() {
        List<NetworkPolicyEgressRule> rules = new ArrayList<>();
        for (Cell.Component component : cell.spec().components()) {
            NetworkPolicyPort[] ports = Policies.throughTheGateway(component);
            if (ports.length > 0) {
                rules.add(Rules.out(List.of(component(component)), ports));
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
            rules.add(Rules.out(own(cellsHere), tcp(Ports.WESTBOUND)));
        }
        if (!portsOutside.isEmpty()) {
            // A policy knows no host names: which host may be called, the gateway decides.
            rules.add(Rules.out(
                    Rules.outside(settings),
                    portsOutside.stream().map(Rules::tcp).toArray(NetworkPolicyPort[]::new)));
        }
        if (!shared) {
            NetworkPolicyPort[] portsThere = cellsHere.stream()
                    .flatMap(other -> gates.place(other).stream())
                    .map(place -> tcp(place.westboundPort()))
                    .toArray(NetworkPolicyPort[]::new);
            if (portsThere.length > 0) {
                rules.add(Rules.out(List.of(environments(cell)), portsThere));
            }
        }
        return rules;
    }

    /** The environment's gateway, as seen by policies. */
    static NetworkPolicyPeer environments(Cell cell) {
        return pods(Environment.of(cell.metadata()).namespace(), Labels.gateway());
    }

    private List<NetworkPolicyPeer> callersHere() {
        Set<String> callers = cell.spec().components().stream()
                .flatMap(component -> component.endpoints().stream())
                .flatMap(endpoint -> endpoint.callers().stream())
                .map(Cell.Caller::cell)
                .collect(Collectors.toCollection(TreeSet::new));
        List<NetworkPolicyPeer> peers = new ArrayList<>(own(callers));
        if (!shared && callers.stream().map(gates::place).anyMatch(Optional::isPresent)) {
            peers.add(environments(cell));
        }
        return peers;
    }

    /** The own gateways of cells of this cluster. */
    private static List<NetworkPolicyPeer> own(Set<String> cells) {
        return cells.stream()
                .map(other -> pods(Names.namespace(other), Labels.gateway()))
                .toList();
    }

    private NetworkPolicyPeer component(Cell.Component component) {
        return shared
                ? pods(Names.namespace(cell.metadata().name()), Labels.component(component.name()))
                : pods(Labels.component(component.name()));
    }

    private Stream<Cell.Connection> connections() {
        return cell.spec().components().stream()
                .sorted(Comparator.comparing(Cell.Component::name))
                .flatMap(component -> component.connections().stream());
    }

    private static int portOf(String url) {
        URI uri = URI.create(url);
        return uri.getPort() != -1 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
