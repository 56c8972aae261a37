package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.cell.Cell;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cell's gateway is to offer: the cell as it is wanted, and where its components are now.
 *
 * @param serving the components that instances serve for, by name
 */
public record Offer(Cell cell, Map<String, Serving> serving) {

    public Offer {
        serving = Map.copyOf(serving);
    }

    /**
     * @param component the component as those instances were started; while a release is replaced this is the old one
     * @param instances the instances that calls are sent to
     */
    public record Serving(Cell.Component component, List<Target> instances) {
        public Serving {
            instances = List.copyOf(instances);
        }
    }

    /** @param addresses host:port of each endpoint */
    public record Target(String instance, Map<String, String> addresses) {
        public Target {
            addresses = Map.copyOf(addresses);
        }
    }

    /** Ids of all instances that calls are sent to. */
    public Set<String> instances() {
        Set<String> ids = new TreeSet<>();
        serving.values().forEach(component -> component.instances().forEach(target -> ids.add(target.instance())));
        return ids;
    }
}
