package dev.cytoplane.controlplane.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class TelemetryEnvironmentTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void withoutAnEndpointNothingIsExported() {
        new TelemetryEnvironment().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("management.opentelemetry.tracing.export.otlp.endpoint"))
                .isNull();
        assertThat(environment.getProperty("management.otlp.metrics.export.enabled"))
                .isNull();
    }

    @Test
    void oneEndpointIsEnoughForAllSignals() {
        environment.setProperty("cytoplane.telemetry.otlp-endpoint", "http://collector:4318/");

        new TelemetryEnvironment().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("management.opentelemetry.tracing.export.otlp.endpoint"))
                .isEqualTo("http://collector:4318/v1/traces");
        assertThat(environment.getProperty("management.opentelemetry.logging.export.otlp.endpoint"))
                .isEqualTo("http://collector:4318/v1/logs");
        assertThat(environment.getProperty("management.otlp.metrics.export.url"))
                .isEqualTo("http://collector:4318/v1/metrics");
        assertThat(environment.getProperty("management.otlp.metrics.export.enabled"))
                .isEqualTo("true");
    }
}
