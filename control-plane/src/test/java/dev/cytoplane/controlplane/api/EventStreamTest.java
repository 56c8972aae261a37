package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Following an organization's events. */
@ControlPlaneTest
class EventStreamTest {

    @LocalServerPort
    int port;

    Client ann;
    Organization organization;

    @BeforeEach
    void anOrganization() {
        ann = Client.of(port, "ann");
        organization = Organization.create(ann);
    }

    @Test
    void resumesAfterTheLastEventThatTheReaderHas() throws IOException {
        organization.project("shop");
        List<String> all = ids("0", 6);

        List<String> rest = ids(all.get(3), 2);

        assertThat(all).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(rest).containsExactly("5", "6");
    }

    @Test
    void tellsWhatHappensWhileItIsOpen() throws IOException {
        HttpURLConnection connection = open(null);
        try (var lines = reader(connection)) {
            assertThat(lines.readLine()).startsWith(":open");
            organization.project("shop");

            List<String> read = new ArrayList<>();
            for (String line = lines.readLine(); !line.startsWith("data:"); line = lines.readLine()) {
                read.add(line);
            }

            assertThat(read).contains("event:project.created");
        }
    }

    @Test
    void aStrangerHearsNothing() {
        assertThat(Client.of(port, "stranger")
                        .get(organization.path() + "/events")
                        .status())
                .isEqualTo(404);
        var wrong = ann.with("Last-Event-ID", "abc").get(organization.path() + "/events");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text("/errors/0/field")).isEqualTo("Last-Event-ID");
    }

    private List<String> ids(String after, int count) throws IOException {
        List<String> ids = new ArrayList<>();
        try (var lines = reader(open(after))) {
            while (ids.size() < count) {
                String line = lines.readLine();
                if (line.startsWith("id:")) {
                    ids.add(line.substring(3));
                }
            }
        }
        return ids;
    }

    private HttpURLConnection open(@org.jspecify.annotations.Nullable String lastEventId) throws IOException {
        var connection = (HttpURLConnection) URI.create("http://localhost:" + port + organization.path() + "/events")
                .toURL()
                .openConnection();
        connection.setReadTimeout(20_000);
        connection.setRequestProperty("Authorization", "Bearer " + ann.token());
        if (lastEventId != null) {
            connection.setRequestProperty("Last-Event-ID", lastEventId);
        }
        return connection;
    }

    private static BufferedReader reader(HttpURLConnection connection) throws IOException {
        return new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }
}
