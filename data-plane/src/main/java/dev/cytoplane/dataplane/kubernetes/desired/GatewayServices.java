package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Visibility;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways to a cell's gateway. What is exposed is a Service of its own, so that a port for the cell's own components never
 * is; and only where the cell offers something that is reached this way.
 */
final class GatewayServices {

    private GatewayServices() {}

    static List<Service> of(Cell cell, ClusterSettings settings) {
        List<Service> services = new ArrayList<>();
        services.add(inside(cell));
        if (settings.frontDoor().hasService() && isPublic(cell)) {
            services.add(exposed(
                    Names.FRONT_DOOR,
                    cell,
                    settings.frontDoor(),
                    offered("http", 80, Ports.HTTP),
                    offered("https", 443, Ports.HTTPS)));
        }
        if (settings.westbound().hasService() && hasCallers(cell)) {
            services.add(exposed(
                    Names.WESTBOUND,
                    cell,
                    settings.westbound(),
                    offered("westbound", Ports.WESTBOUND, Ports.WESTBOUND)));
        }
        return services;
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

    private static Service inside(Cell cell) {
        return new ServiceBuilder()
                .withMetadata(Labels.meta(Names.GATEWAY, cell.metadata()))
                .withNewSpec()
                .withType(Exposure.Type.CLUSTER_IP.word())
                .withSelector(Labels.gateway())
                .withPorts(List.of(
                        offered("http", 80, Ports.HTTP),
                        offered("https", 443, Ports.HTTPS),
                        offered("westbound", Ports.WESTBOUND, Ports.WESTBOUND),
                        offered("outbound", Ports.OUTBOUND, Ports.OUTBOUND)))
                .endSpec()
                .build();
    }

    private static Service exposed(String name, Cell cell, Exposure exposure, ServicePort... ports) {
        return new ServiceBuilder()
                .withMetadata(new ObjectMetaBuilder(Labels.meta(name, cell.metadata()))
                        .withAnnotations(exposure.annotations(cell.spec().host()))
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
