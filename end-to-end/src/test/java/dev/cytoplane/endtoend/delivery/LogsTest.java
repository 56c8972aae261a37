package dev.cytoplane.endtoend.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Cyto;
import dev.cytoplane.endtoend.platform.Echo;
import dev.cytoplane.endtoend.platform.EventStream;
import dev.cytoplane.endtoend.platform.Json;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.io.BufferedReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a component writes, read while it runs: from its process through the data plane, the link and the API. */
@WithPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogsTest {

    /** Held back until the data plane's next sign of life, so many lines would take longer than a test waits. */
    private static final int LINES = 15;

    /** More than a data plane sends at once. */
    private static final int READERS = 70;

    private final Platform platform;
    private final Sandbox sandbox;

    LogsTest(Platform platform) {
        this.platform = platform;
        this.sandbox = platform.sandbox("logs");
    }

    @BeforeAll
    void deploy() {
        sandbox.deploy("echo", Echo.tree(platform, sandbox, "one", Echo.PUBLIC));
        say("ready");
    }

    @Test
    void eachLineArrivesBeforeTheNextIsWritten() {
        List<EventStream.Event> lines = EventStream.readUntil(platform, logs(1), "", seen -> {
            if (seen.size() <= LINES) {
                say("line " + seen.size());
            }
            return seen.size() > LINES;
        });

        for (int line = 1; line <= LINES; line++) {
            assertThat(text(lines.get(line))).isEqualTo("line " + line);
        }
    }

    @Test
    void aReaderThatLeavesMakesRoomForTheNext() {
        for (int reader = 0; reader < READERS; reader++) {
            Waits.until(
                    "a reader gets a line",
                    Waits.LONG,
                    () -> assertThat(EventStream.readUntil(platform, logs(1), "", seen -> true))
                            .hasSize(1));
        }
    }

    @Test
    void cytoFollowsUntilItIsStopped() throws Exception {
        platform.api()
                .post(
                        "/organizations/" + sandbox.organization() + "/members",
                        Map.of("username", "admin", "role", "viewer"))
                .expect(201);
        Cyto cyto = platform.cyto();
        Process following =
                cyto.start("logs", "-f", "--tail", "1", "shop/echo", "--organization", sandbox.organization());
        var lines = new LinkedBlockingQueue<String>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader out = following.inputReader()) {
                out.lines().forEach(lines::add);
            } catch (java.io.IOException | java.io.UncheckedIOException e) {
                lines.add(e.toString());
            }
        });
        try {
            assertThat(lines.poll(Waits.USUAL.toSeconds(), TimeUnit.SECONDS)).isNotNull();
            for (int line = 1; line <= 3; line++) {
                say("for cyto " + line);
                assertThat(lines.poll(Waits.USUAL.toSeconds(), TimeUnit.SECONDS))
                        .isNotNull()
                        .endsWith("for cyto " + line);
            }
            assertThat(following.isAlive()).isTrue();
        } finally {
            following.destroy();
        }
        assertThat(following.waitFor(Waits.USUAL.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private String logs(int tail) {
        return sandbox.component("echo") + "/logs?environment=development&follow=true&tail=" + tail;
    }

    private void say(String text) {
        platform.http()
                .get(sandbox.url("echo") + "/say?text=" + text.replace(" ", "%20"))
                .expect(200);
    }

    private static String text(EventStream.Event event) {
        return Json.read(event.data()).path("text").asString();
    }
}
