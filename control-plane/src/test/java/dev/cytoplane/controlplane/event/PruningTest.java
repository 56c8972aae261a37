package dev.cytoplane.controlplane.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Old events go, the oldest first, and who comes back too late is told so. */
@ControlPlaneTest
class PruningTest {

    private static final EventSettings MONTH = new EventSettings(Duration.ofDays(30), 1_000_000);

    @LocalServerPort
    int port;

    @Autowired
    Outbox outbox;

    @Autowired
    EventFeed feed;

    @Autowired
    Positions positions;

    @Autowired
    ObjectProvider<EventHandler> handlers;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Autowired
    Tenancy tenancy;

    @Autowired
    PlatformWork platform;

    @Autowired
    PlatformTransactionManager transactions;

    private Client ann;
    private String path;
    private UUID organization;
    private long first;

    @BeforeEach
    void eventsOfAnOrganization() {
        ann = Client.of(port, "ann");
        String name = "events-" + UUID.randomUUID().toString().substring(0, 8);
        Client.Answer created = ann.post("/api/v1/organizations", "{\"name\": \"%s\"}".formatted(name));
        path = "/api/v1/organizations/" + name;
        organization = UUID.fromString(created.text("/id"));
        first = feed.extent(organization).last() + 1;
        for (int i = 0; i < 10; i++) {
            transaction().executeWithoutResult(status -> outbox.publish(organization, "test.happened", "x", Map.of()));
        }
        await().untilAsserted(() -> assertThat(handlers.stream()
                        .flatMap(handler -> positions.pending(handler.name()).stream())
                        .filter(pending -> pending.organizationId().equals(organization)))
                .isEmpty());
    }

    @Test
    void whatIsTooOldGoesAndTheRestHasNoGaps() {
        age(first + 5);
        // A clock that was set back: still only the oldest go, since a gap would look like a loss.
        ageOnly(first + 8);

        prune(MONTH, handlers);

        assertThat(kept()).containsExactlyElementsOf(range(first + 6, first + 9));
        assertThat(feed.extent(organization)).isEqualTo(new EventFeed.Extent(first + 6, first + 9));
        transaction().executeWithoutResult(status -> outbox.publish(organization, "test.happened", "x", Map.of()));
        assertThat(kept()).as("numbers go on").endsWith(first + 10);
    }

    @Test
    void whatIsTooManyGoes() {
        prune(new EventSettings(Duration.ofDays(30), 3), handlers);

        assertThat(kept()).containsExactlyElementsOf(range(first + 7, first + 9));
    }

    @Test
    void allOldMeansNoneIsKeptAndTheNextOneIsToldAllTheSame() {
        age(first + 9);
        prune(MONTH, handlers);

        assertThat(kept()).isEmpty();
        assertThat(feed.extent(organization)).isEqualTo(new EventFeed.Extent(first + 10, first + 9));
        assertThat(status(first + 9)).isEqualTo(200);
        assertThat(status(first + 8)).isEqualTo(410);
    }

    @Test
    void whatAHandlerHasNotSeenStays() {
        age(first + 9);
        EventHandler late = new EventHandler() {
            @Override
            public String name() {
                return "Late-" + organization;
            }

            @Override
            public Set<String> types() {
                return Set.of();
            }

            @Override
            public void handle(Event event) {}
        };
        positions.advance(late.name(), organization, first + 2);

        prune(MONTH, new ObjectProvider<>() {
            @Override
            public Stream<EventHandler> stream() {
                return Stream.concat(handlers.stream(), Stream.of(late));
            }
        });

        assertThat(kept()).containsExactlyElementsOf(range(first + 3, first + 9));
    }

    @Test
    void aReaderThatComesBackTooLateIsToldWhatToDo() throws IOException {
        age(first + 5);
        prune(MONTH, handlers);

        Client.Answer late = ann.with("Last-Event-ID", Long.toString(first + 2)).get(path + "/events");
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.text("/type")).endsWith("/events-not-kept");
        assertThat(late.text("/detail")).contains(Long.toString(first + 6), "Last-Event-ID 0");
        assertThat(firstHeard(first + 5)).as("it has all that went").isEqualTo(first + 6);
        assertThat(firstHeard(0)).as("the first there is").isEqualTo(first + 6);
        assertThat(status(first + 100)).as("of another database, perhaps").isEqualTo(400);
    }

    private int status(long lastEventId) {
        try {
            HttpURLConnection connection = open(lastEventId);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private long firstHeard(long lastEventId) throws IOException {
        try (var lines =
                new BufferedReader(new InputStreamReader(open(lastEventId).getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (!line.startsWith("id:")) {
                line = lines.readLine();
            }
            return Long.parseLong(line.substring(3));
        }
    }

    private HttpURLConnection open(long lastEventId) throws IOException {
        var connection = (HttpURLConnection) URI.create("http://localhost:" + port + path + "/events")
                .toURL()
                .openConnection();
        connection.setReadTimeout(20_000);
        connection.setRequestProperty("Authorization", "Bearer " + ann.token());
        connection.setRequestProperty("Last-Event-ID", Long.toString(lastEventId));
        return connection;
    }

    private void prune(EventSettings settings, ObjectProvider<EventHandler> known) {
        new Pruning(known, settings, jdbc, clock, platform).prune();
    }

    private List<Long> kept() {
        return feed.after(organization, 0, 100).stream().map(Event::sequence).toList();
    }

    private void age(long upTo) {
        age("sequence <= " + upTo);
    }

    private void ageOnly(long sequence) {
        age("sequence = " + sequence);
    }

    private void age(String which) {
        tenancy.in(
                organization,
                () -> transaction()
                        .executeWithoutResult(status -> jdbc.sql("update events set time = now() - interval '31 days'"
                                        + " where organization_id = ? and " + which)
                                .param(organization)
                                .update()));
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(transactions);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
