package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.listener.Listener;
import dev.cytoplane.controlplane.listener.Listeners;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each listener serves its own paths, and nothing else. */
@ControlPlaneTest
class ListenersTest {

    @LocalServerPort
    int port;

    @Autowired
    Listeners listeners;

    @Test
    void theWebhookListenerServesNoApi() {
        int webhook = listeners.port(Listener.WEBHOOK).orElseThrow();

        for (String path : new String[] {"/api/v1/me", "/healthz", "/git/a/b/c.git/info/refs", "/link/v1/cells", "/"}) {
            assertThat(Client.of(webhook, "ann").get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(Client.of(port, "ann").get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void theApiServesNeitherWebhooksNorTheLink() {
        Client ann = Client.of(port, "ann");

        assertThat(ann.post("/webhooks/" + UUID.randomUUID(), "{}").status()).isEqualTo(404);
        assertThat(ann.get("/link/v1/cells").status()).isEqualTo(404);
        assertThat(ann.get("/api/../link/v1/cells").status()).isIn(400, 404);
        assertThat(ann.get("//link/v1/cells").status()).isIn(400, 404);
    }

    @Test
    void whatTheServerItselfRefusesTellsNothingOfIt() throws IOException {
        String answer = raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
        String broken = raw("GET /\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n");

        for (String refused : new String[] {answer, broken}) {
            assertThat(refused).startsWith("HTTP/1.1 400").contains("application/problem+json");
            assertThat(refused.toLowerCase(java.util.Locale.ROOT)).doesNotContain("tomcat", "apache", "exception");
        }
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int count = socket.getInputStream().read(buffer);
                    count > 0 && !answer.toString(StandardCharsets.UTF_8).contains("}");
                    count = socket.getInputStream().read(buffer)) {
                answer.write(buffer, 0, count);
                if (answer.toString(StandardCharsets.UTF_8).contains("}")) {
                    break;
                }
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
