package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.Cell;
import java.time.Instant;
import java.util.Map;

/**
 * What a new agent must know of an instance whose agent was killed. No secrets: those are only in the process.
 *
 * @param ports the port of each endpoint; the first endpoint's is the one that is probed
 * @param probedEndpoint whose port the probes use; empty when the component offers nothing
 */
record InstanceRecord(
        String id,
        String cell,
        String component,
        String release,
        String revision,
        int slot,
        Map<String, Integer> ports,
        String probedEndpoint,
        Cell.Probes probes,
        int gracePeriodSeconds,
        Instant createdAt) {

    InstanceRecord withPorts(Map<String, Integer> others) {
        return new InstanceRecord(
                id,
                cell,
                component,
                release,
                revision,
                slot,
                others,
                probedEndpoint,
                probes,
                gracePeriodSeconds,
                createdAt);
    }

    int probedPort() {
        return ports.getOrDefault(probedEndpoint, 0);
    }
}
