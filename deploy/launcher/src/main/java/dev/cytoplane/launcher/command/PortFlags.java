package dev.cytoplane.launcher.command;

import dev.cytoplane.launcher.platform.PortName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The ports a person chooses. What is left out is chosen free at the first start, and kept. */
public final class PortFlags {

    private static final String KEPT = " Default: a free one, kept.";

    @Option(names = "--http-port", paramLabel = "PORT", description = "Public endpoints, without TLS." + KEPT)
    @Nullable
    Integer http;

    @Option(names = "--https-port", paramLabel = "PORT", description = "Public endpoints, with TLS." + KEPT)
    @Nullable
    Integer https;

    @Option(names = "--api-port", paramLabel = "PORT", description = "REST and Git." + KEPT)
    @Nullable
    Integer api;

    @Option(names = "--keycloak-port", paramLabel = "PORT", description = "Sign-in." + KEPT)
    @Nullable
    Integer keycloak;

    @Option(names = "--webhook-port", paramLabel = "PORT", description = "Webhooks of Git providers." + KEPT)
    @Nullable
    Integer webhook;

    @Option(names = "--link-port", paramLabel = "PORT", description = "The link of data planes." + KEPT)
    @Nullable
    Integer link;

    @Option(names = "--postgres-port", paramLabel = "PORT", description = "The database." + KEPT)
    @Nullable
    Integer postgres;

    @Option(
            names = "--otlp-endpoint",
            paramLabel = "URL",
            description = "Send traces, metrics and logs to this OTLP/HTTP receiver; none to stop. Kept.")
    @Nullable
    String otlpEndpoint;

    /** As options for another {@code cyto up}. */
    List<String> asOptions() {
        List<String> options = new ArrayList<>();
        wanted().forEach((name, port) -> options.addAll(List.of("--" + name.flag(), port.toString())));
        if (otlpEndpoint != null) {
            options.addAll(List.of("--otlp-endpoint", otlpEndpoint));
        }
        return options;
    }

    Map<PortName, Integer> wanted() {
        Map<PortName, Integer> wanted = new EnumMap<>(PortName.class);
        put(wanted, PortName.HTTP, http);
        put(wanted, PortName.HTTPS, https);
        put(wanted, PortName.API, api);
        put(wanted, PortName.KEYCLOAK, keycloak);
        put(wanted, PortName.WEBHOOK, webhook);
        put(wanted, PortName.LINK, link);
        put(wanted, PortName.POSTGRES, postgres);
        return wanted;
    }

    private static void put(Map<PortName, Integer> wanted, PortName name, @Nullable Integer port) {
        if (port != null) {
            wanted.put(name, port);
        }
    }
}
