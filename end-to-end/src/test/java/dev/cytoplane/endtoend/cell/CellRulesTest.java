package dev.cytoplane.endtoend.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Echo;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@WithPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CellRulesTest {

    private static final String CALLS_OFFER = Echo.PUBLIC + """
            connections:
              - name: offer
                endpoint: inner/offer/http
            """;

    private final Platform platform;
    private final Sandbox inner;
    private final Sandbox caller;
    private final Sandbox stranger;
    private final HttpServer partner;
    private final AtomicInteger partnerCalls = new AtomicInteger();

    CellRulesTest(Platform platform) throws IOException {
        this.platform = platform;
        this.inner = platform.sandbox("cells").withProject("inner");
        this.caller = inner.withProject("caller");
        this.stranger = inner.withProject("stranger");
        this.partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        partner.createContext("/", exchange -> {
            partnerCalls.incrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("hi".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        partner.start();
    }

    /** Six components of the same source in three cells; they differ only in what they declare. */
    @BeforeAll
    void deployThreeCells() {
        deploy(inner, "hidden", Echo.PUBLIC.replace("visibility: public", "visibility: project"));
        deploy(inner, "offer", Echo.PUBLIC.replace("visibility: public", "visibility: organization"));
        deploy(inner, "front", Echo.PUBLIC + """
                connections:
                  - name: hidden
                    endpoint: hidden/http
                  - name: partner
                    host: http://127.0.0.1:%d
                """.formatted(partner.getAddress().getPort()));
        deploy(inner, "guarded", Echo.PUBLIC.replace("    visibility: public\n", """
                    visibility: public
                    security:
                      authentication: required
                      operations:
                        - methods: [GET]
                          path: /version
                          scopes: [things:read]
                """));
        deploy(caller, "app", CALLS_OFFER);
        deploy(stranger, "app", Echo.PUBLIC);
    }

    @AfterAll
    void stopThePartner() {
        partner.stop(0);
    }

    private Git deploy(Sandbox project, String component, String descriptor) {
        return project.deploy(component, Echo.tree(platform, project, component, descriptor));
    }

    @Test
    void insideACellComponentsCallEachOtherOnDeclaredConnections() {
        assertThat(call(inner, "front", "variable=HIDDEN_URL&path=/version")).isEqualTo("200\nhidden");
    }

    @Test
    void aProjectEndpointCannotBeReachedFromOutside() {
        JsonNode hidden =
                platform
                        .api()
                        .all("/organizations/" + inner.organization() + "/endpoints?environment=development")
                        .stream()
                        .filter(it -> it.path("component").asString().equals("hidden"))
                        .findFirst()
                        .orElseThrow();
        assertThat(hidden.path("url").asString("")).isEmpty();

        String address = URI.create(inner.url("front")).resolve("/").toString();
        for (String path : List.of(
                "hidden/version", "front/../hidden/version", "front/%2e%2e/hidden/version", "front//hidden/version")) {
            Answer answer = platform.http().get(address + path);
            assertThat(answer.text()).as(path).isNotEqualTo("hidden");
            assertThat(answer.status()).as(path).isBetween(400, 404);
        }
    }

    @Test
    void aProjectEndpointIsNotOfferedToOtherCellsEither() throws Exception {
        assertThat(westbound(caller, "/hidden/version")).isBetween(403, 404);
    }

    @Test
    void aDeclaredConnectionCrossesBothGateways() {
        assertThat(call(caller, "app", "variable=OFFER_URL&path=/version")).isEqualTo("200\noffer");
    }

    @Test
    void aCellThatHasNotDeclaredTheConnectionIsRefused() throws Exception {
        assertThat(westbound(caller, "/offer/version")).isEqualTo(200);
        assertThat(westbound(stranger, "/offer/version")).isEqualTo(403);
    }

    @Test
    void aCallerWithoutACertificateDoesNotGetThroughTheHandshake() {
        CellGateways gateways = CellGateways.of(platform);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gateways.westbound(inner.cell("development")) + "/offer/version"))
                .build();
        assertThatThrownBy(() -> gateways.client(null).send(request, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aConnectionThatIsWithdrawnIsRefusedFromThenOn() {
        Sandbox late = inner.withProject("late");
        Git source = deploy(late, "app", CALLS_OFFER);
        Waits.until(
                "the late cell is admitted",
                () -> assertThat(westbound(late, "/offer/version")).isEqualTo(200));
        Echo.change(platform, source, "alone", Echo.PUBLIC);
        late.push(source, "app").ok();
        Waits.until(
                "the late cell is refused",
                () -> assertThat(westbound(late, "/offer/version")).isEqualTo(403));
    }

    @Test
    void aConnectionsAddressIsOfNoUseToAnotherCell() {
        String url = platform.http()
                .get(caller.url("app") + "/environment?name=OFFER_URL")
                .expect(200)
                .text();
        String below = URI.create(url).getPath().replaceAll("/$", "") + "/version";
        CellGateways gateways = CellGateways.of(platform);
        String own = gateways.outbound(caller.cell("development"));
        String foreign = gateways.outbound(stranger.cell("development"));
        assertThat(status(own + below, null)).isEqualTo(200);
        assertThat(status(foreign + below, null)).isBetween(400, 404);
        assertThat(status(own + "/made-up/version", null)).isBetween(400, 404);
    }

    @Test
    void aThirdPartyIsReachedOnlyWhenItIsDeclared() throws Exception {
        assertThat(call(inner, "front", "variable=PARTNER_URL&path=/")).isEqualTo("200\nhi");
        int before = partnerCalls.get();
        URI outbound = URI.create(CellGateways.of(platform).outbound(stranger.cell("development")));
        try (HttpClient client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", outbound.getPort())))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(
                            "http://partner.localhost:" + partner.getAddress().getPort() + "/"))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isBetween(400, 404);
        }
        assertThat(partnerCalls.get()).isEqualTo(before);
    }

    @Test
    void anUnknownHostIsNobodysCell() {
        String foreign = inner.url("front").replace("//inner.", "//nobody.");
        assertThat(foreign).isNotEqualTo(inner.url("front"));
        assertThat(status(foreign + "/version", null)).isEqualTo(404);
    }

    @Test
    void thePublicAddressAlsoSpeaksTlsWithTheCellsCertificate() throws Exception {
        URI plain = URI.create(inner.url("front") + "/version");
        URI secure = new URI("https", null, plain.getHost(), platform.port("https-port"), plain.getPath(), null, null);
        var answer = CellGateways.of(platform)
                .client(null)
                .send(HttpRequest.newBuilder(secure).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("front");
    }

    @Test
    void aTokenIsCheckedForSignatureAudienceAndScope() {
        String url = inner.url("guarded") + "/version";
        // The control plane tells the identity provider of the scope when the descriptor that names it is deployed.
        String good = Waits.value(
                "the scope",
                Waits.LONG,
                () -> java.util.Optional.of(platform.tokens().demoCustomer("things:read")));
        String[] parts = good.split("\\.", -1);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertThat(payload).contains("things:read");
        String unsigned = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
        String otherAlgorithm = base64("{\"alg\":\"HS256\"}") + "." + parts[1] + "." + parts[2];
        String widened = parts[0] + "." + base64(payload.replace("things:read", "things:read x")) + "." + parts[2];
        String narrow = platform.tokens().demoCustomer("");

        assertThat(platform.http().get(url, bearer(good)).expect(200).text()).isEqualTo("guarded");
        assertThat(status(url, null)).isEqualTo(401);
        for (String bad : List.of("garbage", unsigned, otherAlgorithm, widened, parts[0] + "." + parts[1] + ".AAAA")) {
            assertThat(status(url, bad)).as(bad).isEqualTo(401);
        }
        assertThat(status(url, narrow)).as("without the scope").isEqualTo(403);
        assertThat(status(url, platform.api().token()))
                .as("for the platform's API")
                .isEqualTo(401);
        assertThat(status(inner.url("guarded") + "/request", narrow))
                .as("where no scope is asked for")
                .isEqualTo(200);
    }

    @Test
    void aTokenForCellsIsNoneForThePlatform() {
        platform.api().as(platform.tokens().demoCustomer("")).get("/me").expect(401);
    }

    /** What the inner cell answers to another cell that shows its certificate. */
    private int westbound(Sandbox from, String path) throws IOException, InterruptedException {
        CellGateways gateways = CellGateways.of(platform);
        URI uri = URI.create(gateways.westbound(inner.cell("development")) + path);
        try (HttpClient client = gateways.client(from.cell("development"))) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .statusCode();
        }
    }

    private int status(String url, @Nullable String token) {
        return platform.http()
                .get(url, token == null ? Map.of() : bearer(token))
                .status();
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String call(Sandbox project, String component, String query) {
        return platform.http()
                .get(project.url(component) + "/call?" + query)
                .expect(200)
                .text();
    }
}
