package dev.cytoplane.dataplane.gateway;

import java.util.Map;

/**
 * What a cell was given where it runs, for as long as it lives: the environment of its components names these.
 *
 * @param connectionKeys by component and connection, joined by a slash; whoever has the key is that component
 */
public record Allocation(int westboundPort, int outboundPort, Map<String, String> connectionKeys) {

    /** Without the keys. */
    @Override
    public String toString() {
        return "westbound " + westboundPort + ", outbound " + outboundPort;
    }
}
