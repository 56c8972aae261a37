package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Protocol;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How components reach what they have declared. */
public final class Connections {

    private Connections() {}

    /** Calls out of the cell go through its gateway; calls inside go from pod to pod. */
    public static boolean leaves(Cell.Connection connection) {
        return connection.sameCell() == null;
    }

    static boolean anyLeaves(Cell.Component component) {
        return component.connections().stream().anyMatch(Connections::leaves);
    }

    /** The endpoint that a connection inside the cell calls; empty when the cell has none of that name. */
    static Optional<Cell.Endpoint> endpoint(Cell cell, Cell.@Nullable SameCell called) {
        return called == null
                ? Optional.empty()
                : cell.spec().components().stream()
                        .filter(component -> component.name().equals(called.component()))
                        .flatMap(component -> component.endpoints().stream())
                        .filter(endpoint -> endpoint.name().equals(called.endpoint()))
                        .findFirst();
    }

    /** URLs to call, by variable. Those that leave the cell hold a key, so all of them are secret. */
    static Map<String, String> urls(Cell cell, Cell.Component component, Given given) {
        Map<String, String> urls = new TreeMap<>();
        for (Cell.Connection connection : component.connections()) {
            if (leaves(connection)) {
                String key = given.connectionKeys().get(Given.key(component.name(), connection.name()));
                urls.put(connection.variable(), "http://" + Names.GATEWAY + ":" + Ports.OUTBOUND + "/" + key);
            } else {
                Cell.SameCell called = connection.sameCell();
                endpoint(cell, called).ifPresent(endpoint -> urls.put(connection.variable(), inside(called, endpoint)));
            }
        }
        return urls;
    }

    private static String inside(Cell.@Nullable SameCell called, Cell.Endpoint endpoint) {
        String host = (called == null ? "" : called.component()) + ":" + endpoint.port();
        if (endpoint.protocol() == Protocol.TCP) {
            return "tcp://" + host;
        }
        return "http://" + host + (endpoint.basePath().equals("/") ? "" : endpoint.basePath());
    }
}
