package dev.cytoplane.controlplane.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Over real OTLP/HTTP: a caller's trace goes on here. */
@ControlPlaneTest
class TelemetryTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final List<String> TRACES = new CopyOnWriteArrayList<>();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void receiver(DynamicPropertyRegistry properties) throws IOException {
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            TRACES.add(HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        properties.add(
                "management.opentelemetry.tracing.export.otlp.endpoint",
                () -> "http://localhost:" + receiver.getAddress().getPort() + "/v1/traces");
    }

    @Test
    void aRequestIsASpanOfItsCallersTrace() {
        String caller = "00f067aa0ba902b7";

        Client.of(port, "ann")
                .with("traceparent", "00-" + TRACE + "-" + caller + "-01")
                .get("/api/v1/me");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(TRACES).anySatisfy(it -> assertThat(it).contains(TRACE, caller)));
    }
}
