package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Visibility;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ways to a cell's gateway. What is exposed is a Service of its own, so that a port for the cell's own components never
 * is; and only where the cell offers something that is reached this way. Which gateway it is, no address says: the cell's
 * Service is another name for the one of its own gateway, or for its Service beside that of its environment. It never has an
 * address that could be given up: who is led elsewhere keeps the one that he has until he looks again.
 */
public final class GatewayServices {

    /** The annotation that says when the cell's Service was led to another gateway. */
    public static final String CHANGED = "cytoplane.dev/gateway-changed";

    private static final String EXTERNAL_NAME = "ExternalName";

    private GatewayServices() {}

    /** In the cell's namespace. */
    static List<Service> of(Cell cell, Given given, ClusterSettings settings) {
        Gates gates = given.gates();
        List<Service> services = new ArrayList<>();
        // Before what leads to it.
        if (gates.own()) {
            services.add(inside(Labels.meta(Names.OWN_DOOR, cell.metadata()), Ports.WESTBOUND, Ports.OUTBOUND));
        }
        services.add(door(cell, gates, settings));
        if (gates.own() && settings.frontDoor().hasService() && isPublic(cell)) {
            services.add(frontDoor(
                    Labels.meta(Names.FRONT_DOOR, cell.metadata()),
                    settings.frontDoor(),
                    cell.spec().host()));
        }
        if (gates.own() && settings.westbound().hasService() && hasCallers(cell)) {
            services.add(westbound(
                    Labels.meta(Names.WESTBOUND, cell.metadata()), cell, settings.westbound(), Ports.WESTBOUND));
        }
        return services;
    }

    /** Beside the gateway of the cell's environment, where that serves it. */
    static List<Service> inEnvironment(Cell cell, Given given, ClusterSettings settings) {
        List<Service> services = new ArrayList<>();
        String name = cell.metadata().name();
        given.gates().shared(name).ifPresent(place -> {
            services.add(inside(
                    Labels.inEnvironment(Names.inEnvironment(name), cell.metadata(), given),
                    place.westboundPort(),
                    place.outboundPort()));
            if (settings.westbound().hasService() && hasCallers(cell)) {
                services.add(westbound(
                        Labels.inEnvironment(Names.westboundInEnvironment(name), cell.metadata(), given),
                        cell,
                        settings.westbound(),
                        place.westboundPort()));
            }
        });
        return services;
    }

    /** Which gateway a cell's Service leads to. */
    public static Gates.Kind leads(Service service) {
        String name = service.getSpec().getExternalName();
        return name == null || name.startsWith(Names.OWN_DOOR + ".") ? Gates.Kind.OWN : Gates.Kind.ENVIRONMENT;
    }

    /** When a cell's Service was led to another gateway, where that is not long ago. */
    public static Optional<Instant> changed(Service service) {
        return Optional.ofNullable(service.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(CHANGED))
                .map(Instant::parse);
    }

    static boolean isPublic(Cell cell) {
        return endpoints(cell).stream().anyMatch(endpoint -> endpoint.visibility() == Visibility.PUBLIC);
    }

    static boolean hasCallers(Cell cell) {
        return endpoints(cell).stream().anyMatch(endpoint -> !endpoint.callers().isEmpty());
    }

    private static List<Cell.Endpoint> endpoints(Cell cell) {
        return cell.spec().components().stream()
                .flatMap(component -> component.endpoints().stream())
                .toList();
    }

    private static Service door(Cell cell, Gates gates, ClusterSettings settings) {
        String name = cell.metadata().name();
        String target = gates.leads() == Gates.Kind.OWN
                ? Names.host(Names.OWN_DOOR, Names.namespace(name), settings.clusterDomain())
                : Names.host(
                        Names.inEnvironment(name),
                        Environment.of(cell.metadata()).namespace(),
                        settings.clusterDomain());
        ObjectMeta meta = Labels.meta(Names.GATEWAY, cell.metadata());
        Instant changed = gates.changed();
        return new ServiceBuilder()
                .withMetadata(
                        changed == null
                                ? meta
                                : new ObjectMetaBuilder(meta)
                                        .withAnnotations(Map.of(CHANGED, changed.toString()))
                                        .build())
                .withNewSpec()
                .withType(EXTERNAL_NAME)
                .withExternalName(target)
                .endSpec()
                .build();
    }

    private static Service inside(ObjectMeta meta, int westbound, int outbound) {
        return new ServiceBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withType(Exposure.Type.CLUSTER_IP.word())
                .withSelector(Labels.gateway())
                .withPorts(List.of(
                        offered("http", 80, Ports.HTTP),
                        offered("https", 443, Ports.HTTPS),
                        offered("westbound", Ports.WESTBOUND, westbound),
                        offered("outbound", Ports.OUTBOUND, outbound)))
                .endSpec()
                .build();
    }

    /** @param hosts host names that it is for, joined by a comma */
    static Service frontDoor(ObjectMeta meta, Exposure exposure, String hosts) {
        return exposed(meta, hosts, exposure, offered("http", 80, Ports.HTTP), offered("https", 443, Ports.HTTPS));
    }

    private static Service westbound(ObjectMeta meta, Cell cell, Exposure exposure, int port) {
        return exposed(meta, cell.spec().host(), exposure, offered("westbound", Ports.WESTBOUND, port));
    }

    private static Service exposed(ObjectMeta meta, String hosts, Exposure exposure, ServicePort... ports) {
        return new ServiceBuilder()
                .withMetadata(new ObjectMetaBuilder(meta)
                        .withAnnotations(exposure.annotations(hosts))
                        .build())
                .withNewSpec()
                .withType(exposure.type().word())
                .withSelector(Labels.gateway())
                .withPorts(ports)
                .endSpec()
                .build();
    }

    private static ServicePort offered(String name, int port, int target) {
        return new ServicePortBuilder()
                .withName(name)
                .withProtocol("TCP")
                .withPort(port)
                .withTargetPort(new IntOrString(target))
                .build();
    }
}
