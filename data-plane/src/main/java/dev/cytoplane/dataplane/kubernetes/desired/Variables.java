package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The part of a component's environment that is no secret; the same names as on one machine. */
final class Variables {

    private Variables() {}

    static Map<String, String> of(Cell cell, Cell.Component component, ClusterSettings settings) {
        Cell.Metadata metadata = cell.metadata();
        Map<String, String> variables = new TreeMap<>();
        variables.put("LANG", "C.UTF-8");
        variables.put("OTEL_SERVICE_NAME", component.name());
        variables.put(
                "OTEL_RESOURCE_ATTRIBUTES",
                String.join(
                        ",",
                        "service.namespace=" + metadata.project(),
                        "service.version=" + component.release(),
                        "deployment.environment.name=" + metadata.environment(),
                        "cytoplane.cell=" + metadata.name(),
                        "cytoplane.organization=" + metadata.organization()));
        variables.put("OTEL_PROPAGATORS", "tracecontext,baggage");
        // A component reaches no receiver of telemetry yet: its policy lets it call what it declared, and nothing else.
        variables.put("OTEL_TRACES_EXPORTER", "none");
        variables.put("OTEL_METRICS_EXPORTER", "none");
        variables.put("OTEL_LOGS_EXPORTER", "none");

        variables.putAll(component.environment());

        // From here on the platform has the last word.
        variables.put("HOME", "/data");
        variables.put("DATA_DIR", "/data");
        variables.put("TMPDIR", "/tmp");
        variables.put("HOST", "0.0.0.0");
        component
                .endpoints()
                .forEach(endpoint -> variables.put(
                        "PORT_" + endpoint.name().toUpperCase(Locale.ROOT).replace('-', '_'),
                        Integer.toString(endpoint.port())));
        if (!component.endpoints().isEmpty()) {
            variables.put(
                    "PORT", Integer.toString(component.endpoints().getFirst().port()));
        }
        return variables;
    }
}
