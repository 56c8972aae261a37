package dev.cytoplane.controlplane.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Over real OTLP/HTTP: a caller's trace goes on here, in spans and in the log. */
@ControlPlaneTest
@Import(TelemetryTest.Talkative.class)
class TelemetryTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final List<String> TRACES = new CopyOnWriteArrayList<>();
    private static final List<LogRecord> LOGS = new CopyOnWriteArrayList<>();

    @LocalServerPort
    int port;

    /** Logs a line in each request, as code does that has something to say. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Talkative {

        @Bean
        WebMvcConfigurer talkative() {
            return new WebMvcConfigurer() {
                @Override
                public void addInterceptors(InterceptorRegistry registry) {
                    registry.addInterceptor(new HandlerInterceptor() {
                        @Override
                        public boolean preHandle(
                                jakarta.servlet.http.HttpServletRequest request,
                                jakarta.servlet.http.HttpServletResponse response,
                                Object handler) {
                            LoggerFactory.getLogger(TelemetryTest.class).warn("Asked for {}", request.getRequestURI());
                            return true;
                        }
                    });
                }
            };
        }
    }

    @DynamicPropertySource
    static void receiver(DynamicPropertyRegistry properties) throws IOException {
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            TRACES.add(HexFormat.of().formatHex(body(exchange)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.createContext("/v1/logs", exchange -> {
            ExportLogsServiceRequest.parseFrom(body(exchange)).getResourceLogsList().stream()
                    .flatMap(resource -> resource.getScopeLogsList().stream())
                    .flatMap(scope -> scope.getLogRecordsList().stream())
                    .forEach(LOGS::add);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        String base = "http://localhost:" + receiver.getAddress().getPort();
        // What cytoplane.telemetry.otlp-endpoint becomes: these come too late for it.
        properties.add("management.opentelemetry.tracing.export.otlp.endpoint", () -> base + "/v1/traces");
        properties.add("management.opentelemetry.logging.export.otlp.endpoint", () -> base + "/v1/logs");
    }

    private static byte[] body(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return in.readAllBytes();
        }
    }

    @Test
    void aRequestIsASpanOfItsCallersTraceAndSoIsWhatItLogs() {
        String caller = "00f067aa0ba902b7";

        Client.of(port, "ann")
                .with("traceparent", "00-" + TRACE + "-" + caller + "-01")
                .get("/api/v1/me");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(TRACES).anySatisfy(it -> assertThat(it).contains(TRACE, caller));
            assertThat(LOGS).anySatisfy(record -> {
                assertThat(record.getBody().getStringValue()).isEqualTo("Asked for /api/v1/me");
                assertThat(HexFormat.of().formatHex(record.getTraceId().toByteArray()))
                        .isEqualTo(TRACE);
                assertThat(record.getSpanId().isEmpty()).isFalse();
                assertThat(record.getSeverityText()).isEqualTo("WARN");
            });
        });
    }
}
