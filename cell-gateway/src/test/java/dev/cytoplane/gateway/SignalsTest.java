package dev.cytoplane.gateway;

import static dev.cytoplane.gateway.testing.TestReceiver.attribute;
import static dev.cytoplane.gateway.testing.TestReceiver.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.gateway.management.ManagementServer;
import dev.cytoplane.gateway.testing.Caller;
import dev.cytoplane.gateway.testing.RefusingPort;
import dev.cytoplane.gateway.testing.TestCell;
import dev.cytoplane.gateway.testing.TestReceiver;
import dev.cytoplane.gateway.testing.TestUpstream;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What others learn about the requests. */
class SignalsTest extends WithGateway {

    private static final Logger LOG = LoggerFactory.getLogger(SignalsTest.class);

    @Test
    void oneRequestThroughTwoCellsIsOneTrace() {
        TestReceiver receiver = closing(new TestReceiver());
        folder.telemetry(receiver.endpoint());
        TestUpstream orders = upstream("orders");
        TestCell called = cell("orders").offers("/orders", List.of(TestCell.identity("shop")), orders.address());
        TestCell shop = cell("shop").calls("secret-key", called, "/orders");
        start(shop, called);
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        Caller.of(shop.outboundPort(), "localhost")
                .get(
                        "/secret-key/items",
                        "traceparent",
                        "00-" + trace + "-00f067aa0ba902b7-01",
                        "tracestate",
                        "vendor=1");

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(receiver.spans()).hasSize(4));
        assertThat(receiver.spans())
                .allSatisfy(span -> assertThat(id(span.getTraceId())).isEqualTo(trace));
        Span outServer = only(receiver, SpanKind.SPAN_KIND_SERVER, "outbound");
        Span inServer = only(receiver, SpanKind.SPAN_KIND_SERVER, "westbound");
        assertThat(id(outServer.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
        Span outClient = child(receiver, outServer);
        assertThat(outClient.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        assertThat(inServer.getParentSpanId()).isEqualTo(outClient.getSpanId());
        Span inClient = child(receiver, inServer);
        assertThat(orders.last().header("traceparent"))
                .isEqualTo("00-" + trace + "-" + id(inClient.getSpanId()) + "-01");
        assertThat(orders.last().header("tracestate")).isEqualTo("vendor=1");
        assertThat(attribute(inServer, "http.route")).isEqualTo("/orders");
        assertThat(attribute(inServer, "http.response.status_code")).isEqualTo("200");
        assertThat(attribute(inServer, "cytoplane.caller")).isEqualTo(shop.identity());
        assertThat(receiver.spans().toString()).doesNotContain("secret-key");
    }

    @Test
    void aRequestHasATraceEvenWhereNobodyTakesSpans() {
        TestUpstream orders = upstream("orders");
        start(cell("shop").publishes("/", orders.address()));

        Caller.of(folder.httpPort(), TestCell.host("shop")).get("/");

        assertThat(orders.last().header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]");
    }

    @Test
    void whatIsCountedIsToldByRouteAndCallerAndGoesOnUnderTheNextConfiguration() {
        TestUpstream orders = upstream("orders");
        List<String> callers = List.of(TestCell.identity("shop"));
        TestCell called = cell("orders").offers("/orders", callers, orders.address());
        TestCell shop = cell("shop").calls("secret-key", called, "/orders");
        TestCell thief = cell("thief").calls("other-key", called, "/orders");
        start(shop, called, thief);

        Caller.of(shop.outboundPort(), "localhost").get("/secret-key/items");
        assertThat(Caller.of(thief.outboundPort(), "localhost")
                        .get("/other-key/items")
                        .status())
                .isEqualTo(403);
        change(shop, called, thief, cell("web").publishes("/", upstream("web").address()));
        Caller.of(shop.outboundPort(), "localhost").get("/secret-key/items");

        await().atMost(Duration.ofSeconds(15)).ignoreExceptions().untilAsserted(() -> {
            GatewayTraffic told = ContractJson.MAPPER.readValue(
                    Files.readAllBytes(folder.directory().resolve("traffic.json")), GatewayTraffic.class);
            assertThat(told.edges())
                    .extracting(
                            GatewayTraffic.Edge::cell,
                            GatewayTraffic.Edge::direction,
                            GatewayTraffic.Edge::caller,
                            SignalsTest::requests,
                            GatewayTraffic.Edge::clientErrors)
                    .containsExactlyInAnyOrder(
                            tuple("shop", GatewayTraffic.Direction.OUTBOUND, null, 2L, 0L),
                            tuple("thief", GatewayTraffic.Direction.OUTBOUND, null, 1L, 1L),
                            tuple("orders", GatewayTraffic.Direction.WESTBOUND, shop.identity(), 2L, 0L),
                            tuple("orders", GatewayTraffic.Direction.WESTBOUND, null, 1L, 1L));
            assertThat(told.boundsMicros())
                    .hasSize(told.edges().getFirst().buckets().size() - 1);
            assertThat(ContractJson.MAPPER.writeValueAsString(told)).doesNotContain("secret-key");
        });
    }

    private static long requests(GatewayTraffic.Edge edge) {
        return edge.buckets().stream().mapToLong(Long::longValue).sum();
    }

    private static Span only(TestReceiver receiver, SpanKind kind, String direction) {
        return receiver.spans().stream()
                .filter(span -> span.getKind() == kind
                        && attribute(span, "cytoplane.direction").equals(direction))
                .findFirst()
                .orElseThrow();
    }

    private static Span child(TestReceiver receiver, Span parent) {
        return receiver.spans().stream()
                .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void durationsAreSentAsAHistogram() {
        TestReceiver receiver = closing(new TestReceiver());
        folder.telemetry(receiver.endpoint());
        start(cell("shop").publishes("/", upstream("web").address()));
        Caller.of(folder.httpPort(), TestCell.host("shop")).get("/");

        stop();

        assertThat(receiver.metrics()).anySatisfy(metric -> {
            assertThat(metric.getName()).isEqualTo("http.server.request.duration");
            assertThat(metric.getUnit()).isEqualTo("s");
            assertThat(metric.getHistogram().getDataPoints(0).getCount()).isEqualTo(1);
        });
    }

    @Test
    void theProcessesLogIsSentToTheReceiverThatTheConfigurationNames() {
        TestReceiver first = closing(new TestReceiver());
        TestReceiver second = closing(new TestReceiver());
        folder.telemetry(first.endpoint());
        start(cell("shop").publishes("/", upstream("web").address()));
        LOG.warn("to the first");
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(bodies(first)).contains("to the first"));

        folder.telemetry(second.endpoint());
        change(cell("shop").publishes("/", upstream("other").address()));
        LOG.warn("to the second");
        stop();

        assertThat(bodies(second)).contains("to the second");
        assertThat(bodies(first)).doesNotContain("to the second");
        LOG.warn("to nobody");
    }

    @Test
    void aRequestThatFailsIsInTheLogWithItsTrace() {
        TestReceiver receiver = closing(new TestReceiver());
        folder.telemetry(receiver.endpoint());
        start(cell("shop").publishes("/", closing(new RefusingPort()).address()));
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        Caller.of(folder.httpPort(), TestCell.host("shop"))
                .get("/orders", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        stop();

        assertThat(receiver.logs()).anySatisfy(record -> {
            assertThat(id(record.getTraceId())).isEqualTo(trace);
            assertThat(record.getBody().getStringValue()).startsWith("GET /orders was answered with 50");
            assertThat(record.getSeverityText()).isEqualTo("WARN");
        });
    }

    private static List<String> bodies(TestReceiver receiver) {
        return receiver.logs().stream()
                .map(record -> record.getBody().getStringValue())
                .toList();
    }

    @Test
    void withoutAReceiverTheTraceStillFlowsThrough() {
        TestUpstream web = upstream("web");
        start(cell("shop").publishes("/", web.address()));
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        Caller.of(folder.httpPort(), TestCell.host("shop")).get("/", "traceparent", traceparent);

        assertThat(web.last().all("traceparent")).containsExactly(traceparent);
    }

    @Test
    void healthAndCountersAreToldOnLoopback() {
        start();
        int port = bean(ManagementServer.class).port();
        Caller management = Caller.of(port, "localhost");
        assertThat(management.get("/livez").status()).isEqualTo(200);
        assertThat(management.get("/readyz").status()).isEqualTo(503);

        change(cell("shop").publishes("/", upstream("web").address()));
        assertThat(management.get("/readyz").status()).isEqualTo(200);
        Caller.of(folder.httpPort(), TestCell.host("shop")).get("/");

        await().untilAsserted(() -> assertThat(management.get("/metrics").body())
                .contains("cytoplane_gateway_requests_total{direction=\"public\",cell=\"shop\",component=\"api\","
                        + "endpoint=\"http\",release=\"r-1\",status=\"2xx\"} 1")
                .contains("cytoplane_gateway_open_requests 0"));
        assertThat(management.get("/actuator").status()).isEqualTo(404);
    }
}
