package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.runtime.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The environment of a process: all of it, since nothing is inherited from the agent. */
final class Variables {

    private Variables() {}

    static Map<String, String> of(Workload workload, InstanceRecord instance, LocalSettings settings) {
        Cell.Metadata cell = workload.cell();
        Cell.Component component = workload.component();
        Path folder = settings.componentFolder(cell.name(), component.name());

        Map<String, String> variables = new TreeMap<>();
        variables.put("LANG", "C.UTF-8");
        variables.put("OTEL_SERVICE_NAME", component.name());
        variables.put("OTEL_RESOURCE_ATTRIBUTES", resource(cell, component, instance));
        variables.put("OTEL_PROPAGATORS", "tracecontext,baggage");
        variables.putAll(exporters(settings));

        variables.putAll(component.environment());
        variables.putAll(workload.secrets());

        // From here on the platform has the last word.
        variables.put("PATH", path(settings));
        variables.put("JAVA_HOME", settings.javaHome().toString());
        variables.put("HOME", folder.resolve("data").toString());
        variables.put("DATA_DIR", folder.resolve("data").toString());
        variables.put("TMPDIR", folder.resolve("tmp").toString());
        variables.put("HOST", "127.0.0.1");
        variables.putAll(workload.connections());
        instance.ports().forEach((endpoint, port) -> variables.put(portVariable(endpoint), port.toString()));
        if (instance.probedPort() != 0) {
            variables.put("PORT", Integer.toString(instance.probedPort()));
        }
        return variables;
    }

    private static String portVariable(String endpoint) {
        return "PORT_" + endpoint.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String resource(Cell.Metadata cell, Cell.Component component, InstanceRecord instance) {
        return String.join(
                ",",
                "service.namespace=" + cell.project(),
                "service.version=" + component.release(),
                "service.instance.id=" + instance.id(),
                "deployment.environment.name=" + cell.environment(),
                "cytoplane.cell=" + cell.name(),
                "cytoplane.organization=" + cell.organization());
    }

    private static Map<String, String> exporters(LocalSettings settings) {
        String endpoint = settings.telemetryEndpoint();
        if (endpoint == null) {
            // Else an SDK inside the component would knock at localhost:4318 and log that nobody is there.
            return Map.of(
                    "OTEL_TRACES_EXPORTER", "none", "OTEL_METRICS_EXPORTER", "none", "OTEL_LOGS_EXPORTER", "none");
        }
        return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    }

    private static String path(LocalSettings settings) {
        List<String> folders = new ArrayList<>();
        folders.add(settings.javaHome().resolve("bin").toString());
        Path node = settings.nodeFolder();
        if (node != null) {
            folders.add(node.toString());
        }
        folders.addAll(List.of("/usr/local/bin", "/usr/bin", "/bin"));
        return String.join(":", folders);
    }
}
