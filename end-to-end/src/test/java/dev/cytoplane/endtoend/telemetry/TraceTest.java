package dev.cytoplane.endtoend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Json;
import dev.cytoplane.endtoend.platform.OtlpReceiver;
import dev.cytoplane.endtoend.platform.OtlpReceiver.ReceivedSpan;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@WithPlatform(demo = true)
class TraceTest {

    private static final String CALLER_SPAN = "00f067aa0ba902b7";

    private final Platform platform;
    private final OtlpReceiver telemetry;

    TraceTest(Platform platform) {
        this.platform = platform;
        this.telemetry = platform.telemetry();
    }

    @Test
    void oneRequestThroughTwoCellsIsOneTrace() {
        String trace = newTrace();
        String url = storefront();

        platform.http().get(url + "/orders", traceparent(trace)).expect(200);

        Waits.until("spans of both cells' gateways", () -> {
            List<ReceivedSpan> spans = telemetry.trace(trace);
            ReceivedSpan northbound = server(spans, "storefront.development.");
            ReceivedSpan westbound = server(spans, "orders.development.");
            assertThat(northbound.parentId()).isEqualTo(CALLER_SPAN);
            assertThat(ancestors(westbound, spans))
                    .as("from the orders cell up to the caller: " + spans)
                    .contains(northbound.id())
                    .endsWith(CALLER_SPAN);
        });
    }

    @Test
    void aCallThatComesWithoutATraceBeginsOne() {
        Sandbox sandbox = platform.sandbox("trace");
        sandbox.create("api");
        var git = sandbox.nodeService("api", "hello");
        git.commit("first");
        sandbox.push(git, "api").ok();
        String url = sandbox.url("api");
        sandbox.awaitAnswer(url, "hello");

        JsonNode headers =
                Json.read(platform.http().get(url + "/headers").expect(200).text());

        String traceparent = headers.path("traceparent").asString("");
        assertThat(traceparent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]");
        Waits.until(
                "its span",
                () -> assertThat(telemetry.trace(traceparent.split("-", -1)[1])).isNotEmpty());
    }

    @Test
    void componentsAreToldWhereTheirSignalsGo() {
        Sandbox sandbox = platform.sandbox("otel");
        sandbox.create("api");
        var git = sandbox.nodeService("api", "hello");
        git.commit("first");
        sandbox.push(git, "api").ok();
        String url = sandbox.url("api");
        sandbox.awaitAnswer(url, "hello");

        JsonNode environment =
                Json.read(platform.http().get(url + "/environment").expect(200).text());

        assertThat(environment.path("OTEL_EXPORTER_OTLP_ENDPOINT").asString()).isEqualTo(telemetry.url());
        assertThat(environment.path("OTEL_EXPORTER_OTLP_PROTOCOL").asString()).isEqualTo("http/protobuf");
        assertThat(environment.path("OTEL_SERVICE_NAME").asString()).isEqualTo("api");
        assertThat(environment.path("OTEL_RESOURCE_ATTRIBUTES").asString())
                .contains("cytoplane.cell=shop.development." + sandbox.organization(), "service.version=r-");
    }

    @Test
    void aCallOfTheApiIsTracedByTheControlPlane() {
        String trace = newTrace();

        platform.api().send("GET", "/me", "", traceparent(trace)).expect(200);

        Waits.until(
                "the control plane's span",
                () -> assertThat(telemetry.trace(trace)).anySatisfy(span -> {
                    assertThat(span.service()).isEqualTo("control-plane");
                    assertThat(span.parentId()).isEqualTo(CALLER_SPAN);
                }));
    }

    @Test
    void everyServiceSendsItsMetricsAndItsLog() {
        Waits.until("metrics and logs of all", Waits.LONG, () -> {
            assertThat(telemetry.metrics()).contains("control-plane", "cell-gateway", "data-plane");
            assertThat(telemetry.logs()).contains("control-plane", "cell-gateway", "data-plane");
        });
    }

    private String storefront() {
        return platform.services()
                .status()
                .path("endpoints")
                .valueStream()
                .filter(endpoint -> endpoint.path("cell").asString().startsWith("storefront.development."))
                .filter(endpoint -> endpoint.path("component").asString().equals("api"))
                .map(endpoint -> endpoint.path("url").asString())
                .findFirst()
                .orElseThrow();
    }

    private static ReceivedSpan server(List<ReceivedSpan> spans, String cell) {
        return spans.stream()
                .filter(span -> span.span().getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                .filter(span -> attribute(span, "cytoplane.cell").startsWith(cell))
                .filter(span -> !attribute(span, "cytoplane.direction").equals("outbound"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No span of " + cell + " in " + spans));
    }

    private static String attribute(ReceivedSpan span, String name) {
        return span.span().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    /** Ids of the span's parent, its parent, and so on. */
    private static List<String> ancestors(ReceivedSpan span, List<ReceivedSpan> spans) {
        Map<String, ReceivedSpan> byId =
                spans.stream().collect(Collectors.toMap(ReceivedSpan::id, Function.identity(), (one, same) -> one));
        List<String> ancestors = new ArrayList<>();
        String next = span.parentId();
        while (!next.isEmpty() && !ancestors.contains(next)) {
            ancestors.add(next);
            ReceivedSpan parent = byId.get(next);
            next = parent == null ? "" : parent.parentId();
        }
        return ancestors;
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static Map<String, String> traceparent(String trace) {
        return Map.of("traceparent", "00-" + trace + "-" + CALLER_SPAN + "-01");
    }
}
