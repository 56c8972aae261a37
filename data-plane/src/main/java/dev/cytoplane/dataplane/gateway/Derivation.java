package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.CellGateway;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.External;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OtherCell;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundTarget;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.PublicRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.TokenIssuer;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Upstream;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.WestboundRoute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From the cells that a gateway stands before to its configuration: a pure function. */
public final class Derivation {

    /** A cell with what it was given here. */
    public record Input(Offer offer, Allocation allocation, String certificateFile, String keyFile) {
        Cell cell() {
            return offer.cell();
        }

        String name() {
            return cell().metadata().name();
        }
    }

    /**
     * What does not depend on cells.
     *
     * @param domain the domain under which cells of other data planes are assumed to have their host name
     */
    public record Frame(
            GatewayConfiguration.Entry entry,
            String trustBundleFile,
            GatewayConfiguration.@Nullable Telemetry telemetry,
            String domain) {}

    private Derivation() {}

    public static GatewayConfiguration derive(long generation, Frame frame, Collection<Input> inputs) {
        Map<String, Input> byName =
                inputs.stream().collect(Collectors.toMap(Input::name, input -> input, (a, b) -> b, TreeMap::new));
        return new GatewayConfiguration(
                generation,
                frame.entry(),
                frame.trustBundleFile(),
                frame.telemetry(),
                byName.values().stream()
                        .map(input -> gateway(input, byName, frame))
                        .toList());
    }

    private static CellGateway gateway(Input input, Map<String, Input> cells, Frame frame) {
        Cell.Spec spec = input.cell().spec();
        List<PublicRoute> publicRoutes = new ArrayList<>();
        List<WestboundRoute> westboundRoutes = new ArrayList<>();
        List<OutboundRoute> outboundRoutes = new ArrayList<>();
        for (Cell.Component component : spec.components()) {
            for (Cell.Endpoint endpoint : component.endpoints()) {
                // A raw connection has neither path nor host name to route by.
                if (endpoint.protocol() == Protocol.TCP || endpoint.visibility() == Visibility.PROJECT) {
                    continue;
                }
                Upstream upstream = upstream(input.offer(), component.name(), endpoint);
                String release = servingRelease(input.offer(), component);
                List<String> callers = endpoint.callers().stream()
                        .map(Cell.Caller::identity)
                        .sorted()
                        .toList();
                westboundRoutes.add(new WestboundRoute(
                        component.name(), endpoint.name(), release, endpoint.path(), callers, upstream));
                if (endpoint.visibility() == Visibility.PUBLIC) {
                    publicRoutes.add(new PublicRoute(
                            component.name(),
                            endpoint.name(),
                            release,
                            endpoint.path(),
                            endpoint.security(),
                            upstream));
                }
            }
            outboundRoutes.addAll(outbound(input, component, cells, frame));
        }
        return new CellGateway(
                input.name(),
                input.cell().metadata().version(),
                spec.identity(),
                spec.host(),
                input.certificateFile(),
                input.keyFile(),
                input.allocation().westboundPort(),
                input.allocation().outboundPort(),
                issuer(spec.tokenIssuer()),
                publicRoutes,
                westboundRoutes,
                outboundRoutes);
    }

    private static List<OutboundRoute> outbound(
            Input input, Cell.Component component, Map<String, Input> cells, Frame frame) {
        Map<String, Cell.Connection> connections = new TreeMap<>();
        // An old release that still serves keeps the connections that only it had.
        Offer.Serving serving = input.offer().serving().get(component.name());
        if (serving != null) {
            serving.component().connections().forEach(connection -> connections.put(connection.name(), connection));
        }
        component.connections().forEach(connection -> connections.put(connection.name(), connection));
        List<OutboundRoute> routes = new ArrayList<>();
        connections.values().forEach(connection -> {
            String key = input.allocation().connectionKeys().get(Allocations.key(component.name(), connection.name()));
            if (key != null) {
                routes.add(new OutboundRoute(
                        key, component.name(), connection.name(), target(connection, input.offer(), cells, frame)));
            }
        });
        return routes;
    }

    private static OutboundTarget target(
            Cell.Connection connection, Offer offer, Map<String, Input> cells, Frame frame) {
        Cell.SameCell same = connection.sameCell();
        if (same != null) {
            return new OutboundTarget(inside(same, offer), null, null);
        }
        Cell.OtherCell other = connection.otherCell();
        if (other != null) {
            return new OutboundTarget(null, otherCell(other, cells.get(other.cell()), frame), null);
        }
        Cell.External external = connection.external();
        if (external != null) {
            return new OutboundTarget(null, null, new External(external.url()));
        }
        throw new IllegalArgumentException("The connection " + connection.name() + " has no target");
    }

    private static Upstream inside(Cell.SameCell called, Offer offer) {
        Optional<Cell.Endpoint> endpoint = offer.cell().spec().components().stream()
                .filter(component -> component.name().equals(called.component()))
                .flatMap(component -> component.endpoints().stream())
                .filter(candidate -> candidate.name().equals(called.endpoint()))
                .findFirst();
        return endpoint.map(found -> upstream(offer, called.component(), found))
                .orElseGet(() -> new Upstream("/", List.of()));
    }

    private static OtherCell otherCell(Cell.OtherCell called, @Nullable Input here, Frame frame) {
        String address = here == null
                ? called.address()
                : frame.entry().address() + ":" + here.allocation().westboundPort();
        String serverName = here == null
                ? called.cell() + "." + frame.domain()
                : here.cell().spec().host();
        return new OtherCell(called.cell(), address, called.identity(), serverName, called.path());
    }

    private static Upstream upstream(Offer offer, String component, Cell.Endpoint endpoint) {
        Offer.Serving serving = offer.serving().get(component);
        if (serving == null) {
            return new Upstream(endpoint.basePath(), List.of());
        }
        String basePath = serving.component().endpoints().stream()
                .filter(served -> served.name().equals(endpoint.name()))
                .map(Cell.Endpoint::basePath)
                .findFirst()
                .orElse(endpoint.basePath());
        List<String> targets = serving.instances().stream()
                .flatMap(instance -> Optional.ofNullable(instance.addresses().get(endpoint.name())).stream())
                .sorted(Comparator.naturalOrder())
                .toList();
        return new Upstream(basePath, targets);
    }

    private static String servingRelease(Offer offer, Cell.Component component) {
        Offer.Serving serving = offer.serving().get(component.name());
        return serving == null ? component.release() : serving.component().release();
    }

    private static @Nullable TokenIssuer issuer(Cell.@Nullable TokenIssuer issuer) {
        return issuer == null
                ? null
                : new TokenIssuer(issuer.issuer(), issuer.jwksUri(), issuer.audiences(), issuer.certificateAuthority());
    }
}
