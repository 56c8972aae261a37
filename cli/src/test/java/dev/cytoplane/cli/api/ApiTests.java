package dev.cytoplane.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.cli.Run;
import dev.cytoplane.cli.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTests {

    private final Run run = Run.in(Path.of("unused"));
    private Server server;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        server = new Server();
        api = new Api(server.address(), TokenSource.of("a-token"), run.http());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void repeatsACreationWithTheSameIdempotencyKey() {
        server.on("POST /api/v1/things", 503, "").on("POST /api/v1/things", 201, "{\"id\":\"1\"}");

        assertThat(Json.text(api.post("/things", Json.object()), "id")).isEqualTo("1");

        assertThat(server.requests().stream().map(request -> request.headers().get("idempotency-key")))
                .hasSize(2)
                .doesNotContainNull()
                .containsOnly(server.requests().getFirst().headers().get("idempotency-key"));
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        server.on("GET /api/v1/things", 429, "", "Retry-After", "7").on("GET /api/v1/things", 200, "{}");

        api.get("/things");

        assertThat(run.waits()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void waitsLongerFromTryToTryAndGivesUpAfterFour() {
        server.on("GET /api/v1/things", 503, "");

        assertThatThrownBy(() -> api.get("/things")).isInstanceOf(Problem.class);

        assertThat(server.requests()).hasSize(4);
        assertThat(run.waits()).hasSize(3).isSorted();
    }

    @Test
    void doesNotRepeatAPatch() {
        server.on("PATCH /api/v1/things/1", 503, "");

        assertThatThrownBy(() -> api.patch("/things/1", Json.object(), "\"3\"")).isInstanceOf(Problem.class);

        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().getFirst().headers()).containsEntry("if-match", "\"3\"");
    }

    @Test
    void takesAStreamUpAgainWhereItBrokeOff() {
        server.onBroken("GET /api/v1/events", "id: 1\ndata: one\n\nid: 2\ndata: two\n\nid: 3\ndata: half")
                .on("GET /api/v1/events", 200, "event: status\nid: 3\ndata: three\ndata: more\n\n");
        List<EventStream.Event> events = new ArrayList<>();

        api.events("/events", event -> {
            events.add(event);
            return !event.type().equals("status");
        });

        assertThat(events)
                .containsExactly(
                        new EventStream.Event("1", "message", "one"),
                        new EventStream.Event("2", "message", "two"),
                        new EventStream.Event("3", "status", "three\nmore"));
        assertThat(server.requests().get(0).headers()).doesNotContainKey("last-event-id");
        assertThat(server.requests().get(1).headers()).containsEntry("last-event-id", "2");
    }

    @Test
    void doesNotReadALogTwiceThatHasEnded() {
        server.on("GET /api/v1/logs", 200, "event: line\ndata: a\n\n");
        List<String> lines = new ArrayList<>();

        api.eventsUntilEnd("/logs", event -> lines.add(event.data()));

        assertThat(lines).containsExactly("a");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void readsAStreamWithAFreshTokenWhenTheOldOneIsRefused() {
        server.on("GET /api/v1/events", 401, "").on("GET /api/v1/events", 200, "data: x\n\n");
        List<String> tokens = new ArrayList<>(List.of("old", "new"));
        Api renewing = new Api(
                server.address(),
                new TokenSource() {
                    @Override
                    public String accessToken() {
                        return tokens.getFirst();
                    }

                    @Override
                    public boolean renew() {
                        tokens.removeFirst();
                        return true;
                    }
                },
                run.http());

        renewing.events("/events", event -> false);

        assertThat(server.requests().stream().map(request -> request.headers().get("authorization")))
                .containsExactly("Bearer old", "Bearer new");
    }
}
