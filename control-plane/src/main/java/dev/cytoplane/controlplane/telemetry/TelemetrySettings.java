package dev.cytoplane.controlplane.telemetry;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the control plane's own traces, metrics and logs go.
 *
 * @param otlpEndpoint base URL of an OTLP/HTTP receiver; nothing is exported without one
 */
@ConfigurationProperties("cytoplane.telemetry")
public record TelemetrySettings(@Nullable URI otlpEndpoint) {}
