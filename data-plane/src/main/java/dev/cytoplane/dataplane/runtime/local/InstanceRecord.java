package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.runtime.Workload;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

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

    /**
     * A new one.
     *
     * @param suffix makes its id its own
     * @param port gives a free port
     */
    static InstanceRecord of(Workload workload, int slot, String suffix, IntSupplier port, Instant now) {
        Cell.Component component = workload.component();
        // Endpoints that share a port in a container share one here: the component listens once.
        Map<Integer, Integer> byDeclared = new HashMap<>();
        Map<String, Integer> chosen = new LinkedHashMap<>();
        component
                .endpoints()
                .forEach(endpoint -> chosen.put(
                        endpoint.name(), byDeclared.computeIfAbsent(endpoint.port(), declared -> port.getAsInt())));
        return new InstanceRecord(
                component.name() + "-" + suffix,
                workload.cell().name(),
                component.name(),
                component.release(),
                workload.revision(),
                slot,
                chosen,
                component.endpoints().isEmpty()
                        ? ""
                        : component.endpoints().getFirst().name(),
                component.probes(),
                component.gracePeriodSeconds(),
                now);
    }

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
