package dev.cytoplane.dataplane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.EndpointCall.Answered;
import dev.cytoplane.contracts.link.EndpointCall.Header;
import dev.cytoplane.contracts.link.EndpointCall.Unanswered;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.GatewaySettings;
import dev.cytoplane.dataplane.testing.TestCells;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call costs at most, and where it goes; the server stands where the gateway's front door would. */
class FrontDoorTest {

    private static final Cell SHOP =
            TestCells.cell("shop", 1, TestCells.service("web").build());

    private HttpServer server;
    private FrontDoor door;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        door = door(server.getAddress().getPort());
    }

    private static FrontDoor door(@Nullable Integer httpPort) {
        return new FrontDoor(
                new GatewaySettings(List.of(), Map.of(), "127.0.0.1", httpPort, null),
                name -> Optional.of(SHOP).filter(cell -> cell.metadata().name().equals(name)));
    }

    @AfterEach
    void close() {
        door.close();
        server.stop(0);
    }

    @Test
    void theCellsHostIsAskedForAtTheFrontDoorAndARedirectIsToldNotFollowed() throws Exception {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            exchange.getResponseHeaders()
                    .add("X-Host", exchange.getRequestHeaders().getFirst("Host"));
            exchange.getResponseHeaders()
                    .add("X-Agent", exchange.getRequestHeaders().getFirst("User-Agent"));
            answer(
                    exchange,
                    302,
                    exchange.getRequestURI().getPath() + " "
                            + exchange.getRequestURI().getQuery());
        });

        Answered answered = (Answered) call("/items?q=\"a\"");

        assertThat(answered.status()).isEqualTo(302);
        assertThat(text(answered)).isEqualTo("/items q=\"a\"");
        assertThat(answered.headers())
                .contains(new Header("location", "http://127.0.0.1:1/elsewhere"))
                .contains(new Header("x-agent", "Cytoplane"))
                .contains(new Header(
                        "x-host",
                        "shop.production.acme.localhost:" + server.getAddress().getPort()));
    }

    @Test
    void ofALargeBodyItsBeginningIsRead() throws Exception {
        byte[] large = new byte[3 * EndpointCall.MOST_BODY];
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, large.length);
                exchange.getResponseBody().write(large);
            } catch (IOException e) {
                // The other end has had enough.
            }
        });

        Answered answered = (Answered) call("/");

        assertThat(Base64.getDecoder().decode(answered.body())).hasSize(EndpointCall.MOST_BODY);
        assertThat(answered.complete()).isFalse();
    }

    @Test
    void aBodyThatNeverEndsIsCutOff() throws Exception {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write("tick\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    Thread.sleep(200);
                }
            } catch (IOException | InterruptedException e) {
                // The other end has had enough.
            }
        });

        long begun = System.nanoTime();
        Answered answered = (Answered) call("/");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        assertThat(text(answered)).startsWith("tick\n");
        assertThat(answered.complete()).isFalse();
    }

    @Test
    void whyThereIsNoAnswerIsSaid() throws Exception {
        server.stop(0);
        assertThat(call("/")).isInstanceOf(Unanswered.class);
        try (FrontDoor shut = door(null)) {
            assertThat(((Unanswered) shut.call(wanted("/"))).reason()).contains("no listener without TLS");
        }
    }

    private EndpointCall.Outcome call(String path) throws InterruptedException {
        return door.call(wanted(path));
    }

    private static LinkEvent.CallWanted wanted(String path) {
        return new LinkEvent.CallWanted(
                "1", SHOP.metadata().name(), "web", "http", new EndpointCall.Request("GET", path, List.of(), null));
    }

    private static String text(Answered answered) {
        return new String(Base64.getDecoder().decode(answered.body()), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
