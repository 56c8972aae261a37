package dev.cytoplane.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.gateway.testing.Caller;
import dev.cytoplane.gateway.testing.Caller.Answer;
import dev.cytoplane.gateway.testing.TestAuthority;
import dev.cytoplane.gateway.testing.TestCell;
import dev.cytoplane.gateway.testing.TestUpstream;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Calls between cells, and from a component along its connections. */
class CellToCellTest extends WithGateway {
    @SuppressWarnings("NullAway.Init")
    private TestUpstream orders;

    @SuppressWarnings("NullAway.Init")
    private TestCell called;

    @BeforeEach
    void prepareCalledCell() {
        orders = upstream("orders");
        called = cell("orders").offers("/orders", List.of(TestCell.identity("shop")), orders.address());
    }

    private static Caller outbound(TestCell cell) {
        return Caller.of(cell.outboundPort(), "127.0.0.1:" + cell.outboundPort());
    }

    private Caller westbound(TestAuthority.Credential credential) {
        return Caller.of(called.westboundPort(), called.host()).tls(authority, called.host(), credential);
    }

    @Test
    void aDeclaredCallPassesBothGatewaysAndTellsItsCaller() {
        TestCell shop = cell("shop").calls("key-1", called, "/orders");
        start(shop, called);

        Answer answer = outbound(shop)
                .send(
                        "POST",
                        "/key-1/items/5?full=true",
                        "payload",
                        "X-Cytoplane-Caller",
                        "spiffe://forged",
                        "X-Cytoplane-Subject",
                        "admin");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("X-Length")).isEqualTo("7");
        TestUpstream.Seen seen = orders.last();
        assertThat(seen.uri()).isEqualTo("/items/5?full=true");
        assertThat(seen.all("X-Cytoplane-Caller")).containsExactly(shop.identity());
        assertThat(seen.header("X-Cytoplane-Subject")).isNull();
        assertThat(seen.header("X-Forwarded-Host")).isEqualTo(called.host());
    }

    @Test
    void aWebSocketPassesBothGateways() {
        TestCell shop = cell("shop").calls("key-1", called, "/orders");
        start(shop, called);

        List<String> answers = outbound(shop)
                .client()
                .websocket()
                .uri("/key-1/echo")
                .handle((in, out) -> out.sendObject(Flux.just("one", "two").map(TextWebSocketFrame::new))
                        .then()
                        .thenMany(in.receive().asString().take(2)))
                .collectList()
                .block(Duration.ofSeconds(20));

        assertThat(answers).containsExactly("one", "two");
    }

    @Test
    void withoutAClientCertificateThereIsNoConnection() {
        start(called);

        assertThatThrownBy(() -> Caller.of(called.westboundPort(), called.host())
                        .tls(authority, called.host(), null)
                        .get("/orders/1"))
                .rootCause()
                .isInstanceOf(IOException.class);
        assertThat(orders.seen()).isEmpty();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNoIdentity() {
        start(called);
        TestAuthority.Credential stranger = new TestAuthority().issue(TestCell.identity("shop"), TestCell.host("shop"));

        assertThatThrownBy(() -> westbound(stranger).get("/orders/1"))
                .rootCause()
                .isInstanceOf(IOException.class);
        assertThat(orders.seen()).isEmpty();
    }

    @Test
    void aCertificateWithoutAnIdentityIsRefused() {
        start(called);

        assertThatThrownBy(() -> westbound(authority.issueForHost("shop.development.acme.localhost"))
                        .get("/orders/1"))
                .rootCause()
                .isInstanceOf(IOException.class);
        assertThat(orders.seen()).isEmpty();
    }

    @Test
    void aCellThatHasNotDeclaredTheConnectionIsDenied() {
        start(called);

        Answer denied = westbound(authority.issue(TestCell.identity("spy"), TestCell.host("spy")))
                .get("/orders/1", "X-Cytoplane-Caller", TestCell.identity("shop"));

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.body()).contains("caller-not-declared").contains(TestCell.identity("spy"));
        assertThat(orders.seen()).isEmpty();
        assertThat(westbound(authority.issue(TestCell.identity("shop"), TestCell.host("shop")))
                        .get("/orders/1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotOfferedToOtherCellsDoesNotExistForThem() {
        start(called.publishes("/public", orders.address()));

        Answer answer = westbound(authority.issue(TestCell.identity("shop"), TestCell.host("shop")))
                .get("/public/1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(orders.seen()).isEmpty();
    }

    @Test
    void aPeerWithAnotherIdentityGetsNothing() {
        TestCell impostor = cell("impostor").offers("/orders", List.of(TestCell.identity("shop")), orders.address());
        TestCell shop = cell("shop")
                .calls("key-1", "127.0.0.1:" + impostor.westboundPort(), called.identity(), called.host(), "/orders");
        start(shop, impostor);

        Answer answer = outbound(shop).get("/key-1/1");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("could not prove its identity");
        assertThat(orders.seen()).isEmpty();
    }

    @Test
    void aPeerOfAnotherAuthorityGetsNothing() {
        TestUpstream elsewhere =
                closing(new TestUpstream("elsewhere", new TestAuthority().issue(called.identity(), called.host())));
        TestCell shop = cell("shop").calls("key-1", elsewhere.address(), called.identity(), called.host(), "/orders");
        start(shop);

        assertThat(outbound(shop).get("/key-1/1").status()).isEqualTo(502);
        assertThat(elsewhere.seen()).isEmpty();
    }

    @Test
    void aCellThatRunsNowhereYetIsAskedForLater() {
        TestCell shop = cell("shop").calls("key-1", null, called.identity(), called.host(), "/orders");
        start(shop);

        Answer answer = outbound(shop).get("/key-1/1");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
    }

    @Test
    void aCallInsideTellsTheCallingComponent() {
        TestCell shop = cell("shop").callsInside("key-1", orders.address());
        start(shop);

        assertThat(outbound(shop)
                        .get("/key-1", "X-Cytoplane-Caller-Component", "forged")
                        .status())
                .isEqualTo(200);
        assertThat(orders.last().uri()).isEqualTo("/");
        assertThat(orders.last().all("X-Cytoplane-Caller-Component")).containsExactly("web");
        assertThat(orders.last().all("X-Cytoplane-Caller")).containsExactly(shop.identity());
    }

    @Test
    void aKeyThatNobodyHoldsOrAnotherCellHoldsOpensNothing() {
        TestCell shop = cell("shop").callsInside("key-1", orders.address());
        TestCell other = cell("other").callsInside("key-2", orders.address());
        start(shop, other);

        for (String path : List.of("/key-2/x", "/key-1x/", "/", "/KEY-1/")) {
            Answer answer = outbound(shop).get(path);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("unknown-connection");
        }
        assertThat(orders.seen()).isEmpty();
    }

    @Test
    void aThirdPartyIsReachedAsDeclaredAndLearnsNothingOfUs() {
        TestUpstream third = upstream("third");
        TestCell shop = cell("shop").callsExternal("key-1", "http://" + third.address() + "/v2");
        start(shop);

        Answer answer = outbound(shop)
                .get("/key-1/charges?x=1", "Authorization", "Bearer theirs", "X-Cytoplane-Subject", "admin");

        assertThat(answer.status()).isEqualTo(200);
        TestUpstream.Seen seen = third.last();
        assertThat(seen.uri()).isEqualTo("/v2/charges?x=1");
        assertThat(seen.header("Authorization")).isEqualTo("Bearer theirs");
        assertThat(seen.header("Host")).isEqualTo(third.address());
        assertThat(seen.headers().names())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("x-"));
        assertThat(outbound(shop).get("/http://" + third.address() + "/").status())
                .isEqualTo(400);
    }

    @Test
    void aThirdPartyThatTheSystemDoesNotTrustGetsNothing() {
        TestUpstream third = closing(new TestUpstream("third", authority.issueForHost("localhost")));
        TestCell shop = cell("shop").callsExternal("key-1", "https://localhost:" + third.port());
        start(shop);

        assertThat(outbound(shop).get("/key-1/").status()).isEqualTo(502);
        assertThat(third.seen()).isEmpty();
    }

    @Test
    void theOutboundDoorIsOnLoopbackAndAsksForNoHost() throws IOException {
        TestCell shop = cell("shop").callsInside("key-1", orders.address());
        start(shop);

        assertThat(raw(shop.outboundPort(), "GET /key-1/ HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.");
        assertThat(orders.seen()).hasSize(1);
    }
}
