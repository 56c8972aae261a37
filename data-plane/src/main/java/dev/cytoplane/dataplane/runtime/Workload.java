package dev.cytoplane.dataplane.runtime;

import dev.cytoplane.contracts.cell.Cell;
import java.nio.file.Path;
import java.util.Map;

/**
 * A component ready to run: its artifact is here, its secrets are open, its connections have addresses.
 *
 * @param cell the cell it belongs to
 * @param revision equal for equal running: a change of it replaces the instances
 * @param artifact the unpacked artifact
 * @param secrets opened secrets by variable
 * @param connections URLs to call by variable
 */
public record Workload(
        Cell.Metadata cell,
        Cell.Component component,
        String revision,
        Path artifact,
        Map<String, String> secrets,
        Map<String, String> connections) {

    public Workload {
        secrets = Map.copyOf(secrets);
        connections = Map.copyOf(connections);
    }

    /** Without secrets, and without connection URLs, since their paths are keys. */
    @Override
    public String toString() {
        return cell.name() + "/" + component.name() + " " + component.release() + " revision " + revision;
    }
}
