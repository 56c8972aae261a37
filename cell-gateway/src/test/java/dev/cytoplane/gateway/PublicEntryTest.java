package dev.cytoplane.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.gateway.testing.Caller;
import dev.cytoplane.gateway.testing.Caller.Answer;
import dev.cytoplane.gateway.testing.RefusingPort;
import dev.cytoplane.gateway.testing.TestCell;
import dev.cytoplane.gateway.testing.TestUpstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** What the public reaches, and how. */
class PublicEntryTest extends WithGateway {

    private Caller caller(String cell) {
        return Caller.of(folder.httpPort(), TestCell.host(cell));
    }

    @Test
    void theLongestPathWinsAndIsReplacedByTheBasePath() {
        TestUpstream web = upstream("web");
        TestUpstream api = upstream("api");
        start(cell("shop").publishes("/", web.address()).publishes("/api", api.address()));

        assertThat(caller("shop").get("/index.html").body()).isEqualTo("web");
        assertThat(caller("shop").get("/api/orders/7?page=2&q=a%20b").body()).isEqualTo("api");
        assertThat(api.last().uri()).isEqualTo("/orders/7?page=2&q=a%20b");
        assertThat(caller("shop").get("/api").body()).isEqualTo("api");
        assertThat(api.last().uri()).isEqualTo("/");
        assertThat(caller("shop").get("/apiary").body()).isEqualTo("web");
    }

    @Test
    void anUnknownHostIsAProblem() {
        start(cell("shop").publishes("/", upstream("web").address()));

        Answer answer = caller("other").get("/");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("https://cytoplane.dev/problems/unknown-host");
    }

    @Test
    void anEndpointThatIsNotPublishedDoesNotExistOutside() {
        TestUpstream internal = upstream("internal");
        TestCell shop = cell("shop")
                .publishes("/web", upstream("web").address())
                .offers("/orders", List.of(TestCell.identity("billing")), internal.address())
                .callsInside("k-1", internal.address());
        start(shop);

        for (String path : List.of("/orders", "/orders/1", "/k-1/orders", "/", "/internal")) {
            Answer answer = caller("shop").get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("unknown-path");
        }
        assertThat(internal.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web/../admin",
                "/web/%2e%2e/admin",
                "/web/.",
                "/web//admin",
                "/web/a%2fb",
                "/web/a%5cb",
                "/web/a;b=c",
                "/web/a%3bb",
                "/web/a%00",
                "/web/a%0d%0ab",
                "/web/%ff",
                "/web/%zz",
                "/web/a\\b",
                "*",
                "web"
            })
    void aTargetThatTwoReadersMayReadDifferentlyIsRefused(String target) throws IOException {
        TestUpstream web = upstream("web");
        start(cell("shop").publishes("/web", web.address()));

        assertThat(raw(folder.httpPort(), "GET " + target + " HTTP/1.1\r\nHost: " + TestCell.host("shop") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(web.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: shop.development.acme.localhost\r\nHost: other\r\n\r\n",
                "GET http://other/ HTTP/1.1\r\nHost: shop.development.acme.localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: shop.development.acme.localhost/x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: shop.development.acme.localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"
            })
    void aRequestWithoutOneClearMeaningIsRefused(String request) throws IOException {
        TestUpstream web = upstream("web");
        start(cell("shop").publishes("/", web.address()));

        assertThat(raw(folder.httpPort(), request)).startsWith("HTTP/1.1 400");
        assertThat(web.seen()).isEmpty();
    }

    @Test
    void headersThatClaimAnIdentityOrAHistoryAreReplaced() {
        TestUpstream web = upstream("web");
        start(cell("shop").publishes("/web", web.address()));

        Answer answer = caller("shop")
                .get(
                        "/web/x",
                        "X-Cytoplane-Caller",
                        "spiffe://forged",
                        "x-cytoplane-caller",
                        "spiffe://forged-again",
                        "X_Cytoplane_Subject",
                        "admin",
                        "X-Cytoplane-Subject",
                        "admin",
                        "X-Forwarded-For",
                        "203.0.113.9",
                        "X-Forwarded-For",
                        "203.0.113.10",
                        "X-Forwarded-Host",
                        "evil.example",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Anything",
                        "1",
                        "Forwarded",
                        "for=203.0.113.9",
                        "X-Real-IP",
                        "203.0.113.9",
                        "Connection",
                        "X-Forwarded-For, X-Secret",
                        "X-Secret",
                        "hop",
                        "X-Ordinary",
                        "stays");

        assertThat(answer.status()).isEqualTo(200);
        TestUpstream.Seen seen = web.last();
        assertThat(seen.all("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(seen.all("X-Forwarded-Host")).containsExactly(TestCell.host("shop"));
        assertThat(seen.all("X-Forwarded-Proto")).containsExactly("http");
        assertThat(seen.all("X-Forwarded-Prefix")).containsExactly("/web");
        assertThat(seen.headers().names())
                .doesNotContain("X-Forwarded-Anything", "Forwarded", "X-Real-IP", "X-Secret")
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT)
                        .replace('_', '-')
                        .startsWith("x-cytoplane-"));
        assertThat(seen.header("X-Ordinary")).isEqualTo("stays");
    }

    @Test
    void everyReadyInstanceGetsItsTurn() {
        TestUpstream one = upstream("one");
        TestUpstream two = upstream("two");
        start(cell("shop").publishes("/", one.address(), two.address()));

        for (int i = 0; i < 10; i++) {
            assertThat(caller("shop").get("/").status()).isEqualTo(200);
        }

        assertThat(one.seen()).hasSize(5);
        assertThat(two.seen()).hasSize(5);
    }

    @Test
    void anInstanceThatRefusesConnectionsIsPassedOver() {
        TestUpstream alive = upstream("alive");
        RefusingPort dead = closing(new RefusingPort());
        start(cell("shop").publishes("/", dead.address(), alive.address()));

        for (int i = 0; i < 4; i++) {
            assertThat(caller("shop").send("POST", "/", "payload").status()).isEqualTo(200);
        }
        assertThat(alive.seen()).hasSize(4);
    }

    @Test
    void withoutAReadyInstanceTheCallerIsAskedToComeBack() {
        RefusingPort dead = closing(new RefusingPort());
        start(cell("shop").publishes("/none").publishes("/dead", dead.address()));

        for (String path : List.of("/none", "/dead")) {
            Answer answer = caller("shop").get(path);
            assertThat(answer.status()).as(path).isEqualTo(503);
            assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
            assertThat(answer.body()).contains("no-instance");
        }
    }

    @Test
    void tlsShowsTheCertificateOfTheCellThatIsAskedFor() {
        start(
                cell("shop").publishes("/", upstream("shop").address()),
                cell("bank").publishes("/", upstream("bank").address()));

        for (String name : List.of("shop", "bank")) {
            Caller caller = Caller.of(folder.httpsPort(), TestCell.host(name));
            Answer answer = caller.http2(authority, TestCell.host(name)).get("/");
            assertThat(answer.body()).isEqualTo(name);
            assertThat(answer.protocol()).startsWith("HTTP/2");
            assertThat(caller.tls(authority, TestCell.host(name), null).get("/").body())
                    .isEqualTo(name);
        }
        assertThatThrownBy(() -> Caller.of(folder.httpsPort(), "nobody.localhost")
                        .tls(authority, "nobody.localhost", null)
                        .get("/"))
                .rootCause()
                .isInstanceOf(IOException.class);
    }

    @Test
    void aWebSocketPasses() {
        start(cell("shop").publishes("/live", upstream("web").address()));

        List<String> answers = caller("shop")
                .client()
                .websocket()
                .uri("/live/echo")
                .handle((in, out) -> out.sendObject(Flux.just("one", "two").map(TextWebSocketFrame::new))
                        .then()
                        .thenMany(in.receive().asString().take(2)))
                .collectList()
                .block(Duration.ofSeconds(20));

        assertThat(answers).containsExactly("one", "two");
    }

    @Test
    void aLargeBodyStreamsBothWaysWithoutBeingHeld() {
        start(cell("shop").publishes("/", upstream("web").address()));
        int chunk = 64 * 1024;
        int chunks = 1600;
        AtomicLong sent = new AtomicLong();
        AtomicLong furthestAhead = new AtomicLong();
        AtomicLong received = new AtomicLong();
        byte[] bytes = new byte[chunk];
        Flux<ByteBuf> body = Flux.range(0, chunks).map(_ -> {
            furthestAhead.accumulateAndGet(sent.addAndGet(chunk) - received.get(), Math::max);
            return Unpooled.wrappedBuffer(bytes);
        });

        Long total = caller("shop")
                .client()
                .post()
                .uri("/stream")
                .send(body)
                .response((response, content) -> content.map(part -> received.addAndGet(part.readableBytes())))
                .last()
                .block(Duration.ofSeconds(60));

        assertThat(total).isEqualTo((long) chunk * chunks);
        assertThat(furthestAhead.get())
                .as("bytes on their way at once, of 100 MiB")
                .isLessThan(40L * 1024 * 1024);
    }

    @Test
    void eventsArriveAsTheyAreSentAndTheUpstreamLearnsThatNobodyListens() {
        start(cell("shop").publishes("/", upstream("web").address()));

        List<String> events = caller("shop")
                .client()
                .get()
                .uri("/ticks")
                .response((response, content) -> content.asString())
                .take(3)
                .collectList()
                .block(Duration.ofSeconds(20));

        assertThat(events).first().asString().startsWith("data: 0");
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedBeforeItIsRead() throws IOException {
        TestUpstream web = upstream("web");
        start(cell("shop").publishes("/", web.address()));

        assertThat(raw(
                        folder.httpPort(),
                        "POST / HTTP/1.1\r\nHost: " + TestCell.host("shop")
                                + "\r\nContent-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(raw(folder.httpPort(), "TRACE / HTTP/1.1\r\nHost: " + TestCell.host("shop") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
        assertThat(web.seen()).isEmpty();
    }
}
