package dev.cytoplane.dataplane;

import static dev.cytoplane.dataplane.testing.TestCells.cell;
import static dev.cytoplane.dataplane.testing.TestCells.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.dataplane.testing.TestCells;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A whole data plane with a real gateway and real processes; the control plane is a link server over mTLS. */
class DataPlaneTest extends WithAgent {

    @Test
    void runsACellBehindItsGatewayAndTellsWhereItIs() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        CellStatus.Component component = component("web");
        assertThat(component.servingRelease()).isEqualTo("r-1");
        assertThat(component.readyReplicas()).isEqualTo(1);
        CellStatus.Endpoint endpoint = component.endpoints().getFirst();
        assertThat(endpoint.healthy()).isTrue();
        assertThat(endpoint.urls())
                .containsExactly(
                        "http://" + CELL + ".localhost:" + settings.gateway().httpPort() + "/",
                        "https://" + CELL + ".localhost:" + settings.gateway().httpsPort() + "/");
        assertThat(get("/").body()).isEqualTo("1");
        assertThat(link.status(CELL).orElseThrow().westboundAddress()).startsWith("127.0.0.1:");
    }

    @Test
    void replacesAReleaseWithoutAFailedRequest() throws Exception {
        link.put(cell("shop", 1, release("web", 1).replicas(2).build()));
        awaitPhase(1, Phase.READY);
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> callers = java.util.stream.IntStream.range(0, 4)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    while (!enough.get()) {
                        try {
                            HttpResponse<String> response = get("/");
                            answers.add(response.statusCode() == 200 ? response.body() : "" + response.statusCode());
                            Thread.sleep(5);
                        } catch (IOException | InterruptedException e) {
                            answers.add(String.valueOf(e));
                        }
                    }
                }))
                .toList();
        await().atMost(PATIENCE).until(() -> answers.contains("1"));
        for (int version = 2; version <= 3; version++) {
            link.put(cell("shop", version, release("web", version).replicas(2).build()));
            awaitPhase(version, Phase.READY);
            String latest = Integer.toString(version);
            await().atMost(PATIENCE).until(() -> runtime.instances(CELL).size() == 2);
            await().atMost(PATIENCE).until(() -> answers.contains(latest));
        }
        enough.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(Set.copyOf(answers)).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void keepsTheOldReleaseWhenTheNewOneCannotStart() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        link.put(cell(
                "shop",
                2,
                release("web", 2).environment(Map.of("BEHAVIOUR", "crash")).build()));
        awaitPhase(2, Phase.FAILED);
        assertThat(component("web").message()).contains("exited with code 3").contains("the database is on fire");
        assertThat(component("web").servingRelease()).isEqualTo("r-1");
        assertThat(get("/").body()).isEqualTo("1");
        link.put(cell("shop", 3, release("web", 1).build()));
        awaitPhase(3, Phase.READY);
        await().atMost(PATIENCE).until(() -> runtime.instances(CELL).size() == 1);
    }

    @Test
    void looksAfterWhatRunsWhileAnArtifactIsOnItsWay() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        link.holdArtifacts();
        link.put(cell("shop", 2, release("web", 2).build()));
        awaitPhase(2, Phase.PROGRESSING);
        kill(component("web").instances().getFirst());
        await().atMost(PATIENCE).untilAsserted(() -> {
            CellStatus.Component web = component("web");
            assertThat(web.message()).isEqualTo("The artifact is being fetched");
            assertThat(web.servingRelease()).isEqualTo("r-1");
            assertThat(web.instances()).singleElement().satisfies(instance -> {
                assertThat(instance.restarts()).isEqualTo(1);
                assertThat(instance.phase()).isEqualTo(CellStatus.InstancePhase.READY);
            });
            assertThat(web.endpoints().getFirst().healthy()).isTrue();
        });
        assertThat(get("/").body()).isEqualTo("1");
        link.sendArtifacts();
        awaitPhase(2, Phase.READY);
        assertThat(get("/").body()).isEqualTo("2");
    }

    @Test
    void opensSecretsAndGivesConnectionsAnAddressThroughTheGateway() throws Exception {
        await().atMost(PATIENCE).until(() -> !link.sealingKey().isEmpty());
        Cell.SealedSecret secret = seal("api", "PASSWORD", "hunter2");
        Cell.Connection connection =
                new Cell.Connection("api", "API_URL", new Cell.SameCell("api", "http"), null, null);
        link.put(cell(
                "shop",
                1,
                release("api", 7)
                        .secrets(secret)
                        .endpoints(TestCells.endpoint("http", Visibility.PROJECT, "/api"))
                        .build(),
                release("web", 8).connections(connection).build()));
        awaitPhase(1, Phase.READY);
        String url = get("/environment?API_URL").body();
        assertThat(url).startsWith("http://127.0.0.1:");
        assertThat(send(URI.create(url + "/environment?PASSWORD")).body()).isEqualTo("hunter2");
        assertThat(component("api").endpoints().getFirst().urls()).isEmpty();
        assertThat(get("/api/").body()).isEqualTo("8");
    }

    @Test
    void runsWithoutItsControlPlaneAndCatchesUpAfterwards() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        link.down();
        agent.close();
        assertThat(runtime.instances(CELL)).isEmpty();
        start();
        await().atMost(PATIENCE).until(() -> getOrNothing("/").equals("1"));
        link.deleteSilently(CELL);
        link.up();
        await().atMost(PATIENCE).until(() -> runtime.instances(CELL).isEmpty());
        await().atMost(PATIENCE)
                .until(() -> link.status(CELL).orElseThrow().components().isEmpty());
    }

    @Test
    void startsAKilledInstanceAgain() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        kill(component("web").instances().getFirst());
        await().atMost(PATIENCE).untilAsserted(() -> {
            CellStatus.Instance instance = component("web").instances().getFirst();
            assertThat(instance.restarts()).isEqualTo(1);
            assertThat(instance.lastExit()).contains("SIGKILL");
            assertThat(component("web").phase()).isEqualTo(Phase.READY);
        });
        assertThat(get("/").body()).isEqualTo("1");
    }

    @Test
    void streamsALogWithItsTailAndWhatIsSaidMeanwhile() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        BlockingQueue<LogLine> lines = link.readLogs(new LinkEvent.LogsWanted("s1", CELL, "web", null, 10, true));
        assertThat(next(lines)).isEqualTo("version 1 starts");
        get("/say?hello");
        assertThat(next(lines)).isEqualTo("hello");
        BlockingQueue<LogLine> tail = link.readLogs(new LinkEvent.LogsWanted("s2", CELL, "web", null, 1, false));
        assertThat(next(tail)).isEqualTo("hello");
    }

    @Test
    void servesAStaticSite() throws Exception {
        String digest = link.artifact(TestCells.archive(Map.of("index.html", "<h1>shop</h1>")));
        link.put(cell("shop", 1, service("web").site("r-5", digest).build()));
        awaitPhase(1, Phase.READY);
        assertThat(get("/").body()).isEqualTo("<h1>shop</h1>");
    }

    @Test
    void removesACellWithEverythingThatRuns() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        link.delete(CELL);
        await().atMost(PATIENCE).until(() -> runtime.instances(CELL).isEmpty());
        await().atMost(PATIENCE)
                .until(() -> link.status(CELL).orElseThrow().components().isEmpty());
        assertThat(getOrNothing("/")).isNotEqualTo("1");
    }

    @Test
    void tellsTheEndOfACellThoughAnEarlierStatusIsStillOnItsWay() throws Exception {
        removeACellWhileAStatusIsOnItsWay();
        // The cell's loop looks again every half second, and must have seen the end before the answer comes.
        TimeUnit.SECONDS.sleep(2);
        link.answerStatuses();
        await().atMost(PATIENCE)
                .until(() -> link.status(CELL).orElseThrow().components().isEmpty());
        await().atMost(PATIENCE).until(() -> !removing().exists());
    }

    @Test
    void tellsTheEndOfACellAfterARestartWhenItCouldNotBefore() throws Exception {
        removeACellWhileAStatusIsOnItsWay();
        agent.close();
        link.answerStatuses();
        assertThat(removing()).exists();
        start();
        await().atMost(PATIENCE)
                .until(() -> link.status(CELL).orElseThrow().components().isEmpty());
        await().atMost(PATIENCE).until(() -> !removing().exists());
    }

    private void removeACellWhileAStatusIsOnItsWay() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        link.holdStatuses();
        kill(component("web").instances().getFirst());
        await().atMost(PATIENCE).until(link::holdsAStatus);
        link.delete(CELL);
        await().atMost(PATIENCE).until(() -> runtime.instances(CELL).isEmpty());
    }

    private File removing() {
        return settings.state()
                .resolve("cells")
                .resolve(CELL)
                .resolve("removing.json")
                .toFile();
    }

    @Test
    void aPortThatSomebodyTookKeepsItsCellWaitingAndNoOther() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        URI westbound = URI.create("mtls://" + link.status(CELL).orElseThrow().westboundAddress());
        killTheGateway();
        try (ServerSocket thief = bindWhenFree(westbound.getPort())) {
            link.put(cell("shop", 2, release("web", 2).build()));
            awaitPhase(2, Phase.PROGRESSING);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(component("web").message())
                            .contains(thief.getLocalPort() + "", "cannot be opened"));

            link.put(cell("orders", 1, release("api", 1).build()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(link.status("orders.production.acme"))
                            .hasValueSatisfying(status -> assertThat(status.components())
                                    .extracting(CellStatus.Component::phase)
                                    .containsExactly(Phase.READY)));
            assertThat(component("web").phase()).isEqualTo(Phase.PROGRESSING);
        }
        awaitPhase(2, Phase.READY);
        assertThat(get("/").body()).isEqualTo("2");
    }

    private void killTheGateway() {
        running("dev.cytoplane.gateway.CellGateway")
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static ServerSocket bindWhenFree(int port) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptionsInstanceOf(BindException.class)
                .until(() -> new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")), Objects::nonNull);
    }

    private static void kill(CellStatus.Instance instance) {
        ProcessHandle.of(Objects.requireNonNull(instance.pid())).orElseThrow().destroyForcibly();
    }

    private Cell.SealedSecret seal(String component, String variable, String value) throws Exception {
        KeysetHandle keys = TinkJsonProtoKeysetFormat.parseKeysetWithoutSecret(link.sealingKey());
        byte[] sealed = keys.getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class)
                .encrypt(
                        value.getBytes(StandardCharsets.UTF_8),
                        (CELL + "/" + component + "/" + variable).getBytes(StandardCharsets.UTF_8));
        return new Cell.SealedSecret(variable, 1, Base64.getEncoder().encodeToString(sealed));
    }

    private static String next(BlockingQueue<LogLine> lines) throws InterruptedException {
        LogLine line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return line == null ? "nothing" : line.text();
    }
}
