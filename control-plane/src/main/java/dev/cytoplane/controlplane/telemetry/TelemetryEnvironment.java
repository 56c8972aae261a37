package dev.cytoplane.controlplane.telemetry;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Turns the one setting into those of Boot's exporters, which would else each have an address and a default of its own. */
public final class TelemetryEnvironment implements EnvironmentPostProcessor {

    static final String LOGS = "management.opentelemetry.logging.export.otlp.endpoint";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String endpoint = environment.getProperty("cytoplane.telemetry.otlp-endpoint");
        if (endpoint == null || endpoint.isBlank()) {
            return;
        }
        String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "cytoplane-telemetry",
                        Map.of(
                                "management.opentelemetry.tracing.export.otlp.endpoint",
                                base + "/v1/traces",
                                LOGS,
                                base + "/v1/logs",
                                "management.otlp.metrics.export.enabled",
                                "true",
                                "management.otlp.metrics.export.url",
                                base + "/v1/metrics",
                                "management.otlp.metrics.export.step",
                                "15s")));
    }
}
