package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings.PublicUrl;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a cell's gateway is reached: what the settings say, with what the cluster has given to its Services. Pure.
 *
 * @param publicUrls its front door, as scheme, host and port
 * @param westbound host:port for cells of other data planes; null where none can reach it
 * @param missing what has to be given yet before it is reached as the settings say, in a sentence; null when nothing has
 */
public record GatewayAddress(
        List<String> publicUrls,
        @Nullable String westbound,
        @Nullable String missing) {

    public GatewayAddress {
        publicUrls = List.copyOf(publicUrls);
    }

    /** host:port of the front door, in clear, for calls from inside the cluster. */
    public static String frontDoor(String cell, ClusterSettings settings) {
        return Names.gatewayHost(cell, settings.clusterDomain()) + ":80";
    }

    /** host:port for calls of other cells of the same cluster. */
    public static String inside(String cell, ClusterSettings settings) {
        return Names.gatewayHost(cell, settings.clusterDomain()) + ":" + Ports.WESTBOUND;
    }

    /** @param services what is in the cluster, by name */
    public static GatewayAddress of(Cell cell, ClusterSettings settings, Function<String, Optional<Service>> services) {
        String host = cell.spec().host();
        List<String> urls = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        if (GatewayServices.isPublic(cell)) {
            Optional<Service> door = services.apply(Names.FRONT_DOOR);
            settings.publicUrls().forEach(url -> urls.add(url.of(host)));
            if (settings.frontDoor().hasService() && !isGiven(door, settings.frontDoor())) {
                missing.add(Names.FRONT_DOOR);
                urls.clear();
            } else if (settings.frontDoor().hasService() && urls.isEmpty()) {
                Stream.of("http", "https")
                        .forEach(scheme -> port(door, scheme, settings.frontDoor())
                                .ifPresent(port -> urls.add(new PublicUrl(scheme, port).of(host))));
            }
        }
        String westbound = null;
        if (GatewayServices.hasCallers(cell) && settings.westbound().opens()) {
            Optional<Service> door = services.apply(Names.WESTBOUND);
            if (!settings.westbound().hasService() || isGiven(door, settings.westbound())) {
                westbound = westbound(cell, settings.westbound(), door);
            } else {
                missing.add(Names.WESTBOUND);
            }
        }
        return new GatewayAddress(
                urls,
                westbound,
                missing.isEmpty()
                        ? null
                        : "the cluster has given no address yet to its Service " + String.join(" and ", missing));
    }

    private static String westbound(Cell cell, Exposure exposure, Optional<Service> door) {
        String pattern = exposure.address();
        String host = pattern == null
                ? balancer(door).orElseThrow()
                : pattern.replace(Exposure.CELL, cell.metadata().name());
        if (pattern != null && hasPort(pattern)) {
            return host;
        }
        return host + ":" + port(door, "westbound", exposure).orElse(Ports.WESTBOUND);
    }

    /** An IPv6 address has colons too, and stands in brackets. */
    private static boolean hasPort(String address) {
        return address.lastIndexOf(':') > address.lastIndexOf(']');
    }

    private static boolean isGiven(Optional<Service> door, Exposure exposure) {
        return switch (exposure.type()) {
            case CLUSTER_IP -> true;
            case NODE_PORT ->
                door.filter(service ->
                                exposure.type().word().equals(service.getSpec().getType()))
                        .filter(service -> service.getSpec().getPorts().stream()
                                .allMatch(port -> port.getNodePort() != null && port.getNodePort() > 0))
                        .isPresent();
            case LOAD_BALANCER -> balancer(door).isPresent();
        };
    }

    private static Optional<Integer> port(Optional<Service> door, String name, Exposure exposure) {
        return door.stream()
                .flatMap(service -> service.getSpec().getPorts().stream())
                .filter(port -> name.equals(port.getName()))
                .map(port -> exposure.type() == Exposure.Type.NODE_PORT ? nodePort(port) : port.getPort())
                .findFirst();
    }

    private static Integer nodePort(ServicePort port) {
        return port.getNodePort();
    }

    /** The name or the address that the cluster's load balancers have given. */
    private static Optional<String> balancer(Optional<Service> door) {
        return door.map(Service::getStatus)
                .map(status -> status.getLoadBalancer())
                .flatMap(balancer -> balancer.getIngress().stream()
                        .map(GatewayAddress::nameOrAddress)
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static Optional<String> nameOrAddress(LoadBalancerIngress ingress) {
        return Optional.ofNullable(ingress.getHostname())
                .or(() -> Optional.ofNullable(ingress.getIp()))
                .filter(host -> !host.isBlank())
                .map(host -> host.contains(":") ? "[" + host + "]" : host);
    }
}
