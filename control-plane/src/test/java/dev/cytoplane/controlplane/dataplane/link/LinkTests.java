package dev.cytoplane.controlplane.dataplane.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.api.TestIssuer;
import dev.cytoplane.controlplane.artifact.Artifacts;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import dev.cytoplane.controlplane.deployment.Shop;
import dev.cytoplane.controlplane.listener.Listener;
import dev.cytoplane.controlplane.listener.Listeners;
import dev.cytoplane.controlplane.release.Releases;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ControlPlaneTest
class LinkTests {

    @LocalServerPort
    int port;

    @Autowired
    Listeners listeners;

    @Autowired
    Authority authority;

    @Autowired
    Artifacts artifacts;

    @Autowired
    Releases releases;

    @Autowired
    Tenancy tenancy;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Client admin;
    private Client owner;
    private String name;
    private int link;

    @BeforeEach
    void open() {
        owner = Client.of(port, "lena");
        admin = owner.withToken(TestIssuer.SHARED.platformAdmin("root"));
        name = "dp-" + UUID.randomUUID().toString().substring(0, 8);
        link = listeners.port(Listener.LINK).orElseThrow();
    }

    @Test
    void aTokenJoinsOneDataPlaneHoweverManyTryAtOnce() throws Exception {
        String token = token();
        List<TestDataPlane> rivals = IntStream.range(0, 6)
                .mapToObj(i -> TestDataPlane.stranger(link, authority.trustBundle()))
                .toList();
        List<Integer> answers = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> tries = rivals.stream()
                    .map(rival -> (Callable<Integer>) () -> rival.join(token).statusCode())
                    .toList();
            for (Future<Integer> answer : pool.invokeAll(tries)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).containsOnlyOnce(200);
        assertThat(answers.stream().filter(status -> status == 401)).hasSize(5);
        TestDataPlane winner = rivals.get(answers.indexOf(200));
        assertThat(winner.join(token).statusCode())
                .as("it may ask again, with requests signed anew: the answer may have been lost")
                .isEqualTo(200);
        assertThat(winner.renew().statusCode()).as("what it got then counts").isEqualTo(200);
    }

    @Test
    void aTokenThatIsWrongExpiredReplacedOrUsedByOthersJoinsNobody() {
        TestDataPlane stranger = TestDataPlane.stranger(link, authority.trustBundle());
        String replaced = token();
        String token =
                admin.post("/api/v1/data-planes/" + name + "/join-token", "{}").text("/joinToken");
        for (String wrong :
                List.of("join_" + "A".repeat(43), "", token + "x", replaced, TestIssuer.SHARED.platformAdmin("root"))) {
            HttpResponse<String> refused = stranger.join(wrong);
            assertThat(refused.statusCode()).as(wrong).isIn(400, 401);
        }
        expire(token);
        HttpResponse<String> late = stranger.join(token);
        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(late.body()).contains("invalid-join-token", "new one");
        assertThat(status()).as("nobody joined").isEqualTo("PENDING");

        String next =
                admin.post("/api/v1/data-planes/" + name + "/join-token", "{}").text("/joinToken");
        assertThat(stranger.join(next).statusCode()).isEqualTo(200);
        assertThat(TestDataPlane.stranger(link, authority.trustBundle())
                        .join(next)
                        .statusCode())
                .as("used by another")
                .isEqualTo(401);
        expire(next);
        assertThat(stranger.join(next).statusCode()).as("its own, but too late").isEqualTo(401);
        assertThat(stranger.renew().statusCode())
                .as("what was refused changed nothing")
                .isEqualTo(200);
    }

    private void expire(String token) {
        tenancy.asPlatform(() -> transaction.executeWithoutResult(
                status -> assertThat(jdbc.sql("""
                        update join_tokens set expires_at = now() - interval '1 second'
                        where token_hash = sha256(convert_to(?, 'UTF8'))""").param(token).update()).isOne()));
    }

    @Test
    void aBadRequestToJoinNamesItsFieldAndLeavesTheTokenGood() {
        String token = token();
        TestDataPlane stranger = TestDataPlane.stranger(link, authority.trustBundle());

        for (String field : List.of("agentRequest", "workloadAuthorityRequest", "sealingKey", "runtime")) {
            var body = ContractJson.MAPPER.createObjectNode();
            body.put("token", token)
                    .put("agentRequest", stranger.agentRequest())
                    .put("workloadAuthorityRequest", stranger.authorityRequest())
                    .put("sealingKey", stranger.publicKey())
                    .put("runtime", "local")
                    .put(field, "nonsense");
            HttpResponse<String> refused = stranger.send("POST", "/link/v1/enrolments", ContractJson.canonical(body));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("\"field\":\"" + field + "\"");
        }
        assertThat(stranger.join(token).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutACertificateNothingButJoiningIsAnswered() {
        TestDataPlane stranger = TestDataPlane.stranger(link, authority.trustBundle());
        for (String path : List.of("/link/v1/cells", "/link/v1/artifacts/sha256:" + "0".repeat(64))) {
            assertThat(stranger.send("GET", path, null).statusCode()).isEqualTo(401);
        }
        assertThat(stranger.renew().statusCode()).isEqualTo(401);
        assertThat(stranger.send("GET", "/api/v1/me", null).statusCode()).isEqualTo(404);
        assertThat(owner.get("/link/v1/cells").status()).isEqualTo(404);
    }

    @Test
    void joiningAgainEndsTheIdentityFromBefore() {
        TestDataPlane first = TestDataPlane.joined(admin, link, authority.trustBundle(), name);
        assertThat(first.renew().statusCode()).isEqualTo(200);
        String token =
                admin.post("/api/v1/data-planes/" + name + "/join-token", "{}").text("/joinToken");
        TestDataPlane second = TestDataPlane.stranger(link, authority.trustBundle());
        assertThat(second.join(token).statusCode()).isEqualTo(200);

        assertThat(first.renew().statusCode()).isEqualTo(401);
        assertThat(second.renew().statusCode()).isEqualTo(200);
    }

    @Test
    void onlyAPlatformAdminManagesDataPlanes() {
        assertThat(owner.get("/api/v1/data-planes").status()).isEqualTo(403);
        assertThat(owner.post("/api/v1/data-planes", "{\"name\": \"mine\"}").status())
                .isEqualTo(403);
    }

    @Test
    void isConnectedAsLongAsItWatches() {
        TestDataPlane dataPlane = TestDataPlane.stranger(link, authority.trustBundle());
        String token = token();
        assertThat(status()).isEqualTo("PENDING");
        dataPlane.join(token);
        assertThat(status()).isEqualTo("DISCONNECTED");
        try (TestDataPlane.Watch watch = dataPlane.watch(null)) {
            watch.next(LinkEvent.SnapshotCompleted.class);
            assertThat(status()).isEqualTo("CONNECTED");
        }
        // The cut shows at the next heartbeat that cannot be written.
        await().atMost(Duration.ofSeconds(40)).until(() -> status().equals("DISCONNECTED"));
    }

    @Test
    void aWatchThatWasCutResumesWithWhatItMissedAndNoOtherDataPlaneSeesIt() {
        TestDataPlane dataPlane = TestDataPlane.joined(admin, link, authority.trustBundle(), name);
        TestDataPlane other = TestDataPlane.joined(admin, link, authority.trustBundle(), name + "-b");
        Shop shop = new Shop(owner, name, releases, tenancy);
        ComponentScope api = shop.component("store", "api");
        long revision;
        try (TestDataPlane.Watch watch = dataPlane.watch(null)) {
            assertThat(watch.next()).isInstanceOf(LinkEvent.SnapshotStarted.class);
            assertThat(watch.next()).isInstanceOf(LinkEvent.SnapshotCompleted.class);
            deploy(shop, api, "one");
            LinkEvent.CellChanged changed = watch.next(LinkEvent.CellChanged.class);
            revision = changed.revision();
        }
        deploy(shop, api, "two");
        deploy(shop, api, "three");
        awaitVersion(shop, 3);

        try (TestDataPlane.Watch resumed = dataPlane.watch(revision)) {
            LinkEvent.CellChanged missed = resumed.next(LinkEvent.CellChanged.class);
            assertThat(missed.cell().metadata().version()).isEqualTo(3);
            assertThat(missed.revision()).isGreaterThan(revision);
        }
        try (TestDataPlane.Watch strange = dataPlane.watch(Long.MAX_VALUE)) {
            assertThat(strange.next()).isInstanceOf(LinkEvent.SnapshotStarted.class);
            assertThat(strange.next(LinkEvent.CellChanged.class)
                            .cell()
                            .metadata()
                            .version())
                    .isEqualTo(3);
        }
        try (TestDataPlane.Watch foreign = other.watch(null)) {
            assertThat(foreign.next()).isInstanceOf(LinkEvent.SnapshotStarted.class);
            assertThat(foreign.next()).isInstanceOf(LinkEvent.SnapshotCompleted.class);
        }
        Cell cell =
                new Cell("", "", new Cell.Metadata("store.dev." + shop.organization(), "", "", "", 3, ""), emptySpec());
        assertThat(other.report(Shop.ready(cell)).statusCode()).isEqualTo(404);
    }

    @Test
    void anArtifactIsGivenOnlyToADataPlaneThatRunsIt() throws Exception {
        TestDataPlane dataPlane = TestDataPlane.joined(admin, link, authority.trustBundle(), name);
        TestDataPlane other = TestDataPlane.joined(admin, link, authority.trustBundle(), name + "-b");
        Shop shop = new Shop(owner, name, releases, tenancy);
        ComponentScope api = shop.component("store", "api");
        var file = Files.createTempFile("artifact", ".tar.gz");
        Files.writeString(file, "content " + name);
        String digest = artifacts.put(file);
        String path = "/link/v1/artifacts/" + digest;
        assertThat(dataPlane.send("GET", path, null).statusCode()).isEqualTo(404);

        String release = shop.release(api, "one", digest).id();
        owner.post(
                shop.path(api, "/deployments"), "{\"environment\": \"dev\", \"release\": \"%s\"}".formatted(release));
        awaitVersion(shop, 1);

        assertThat(dataPlane.send("GET", path, null).body()).isEqualTo("content " + name);
        assertThat(other.send("GET", path, null).statusCode()).isEqualTo(404);
    }

    @Test
    void aLogIsReadFromTheDataPlaneAndTheStreamEndsWhenTheReaderLeaves() throws Exception {
        TestDataPlane dataPlane = TestDataPlane.joined(admin, link, authority.trustBundle(), name);
        Shop shop = new Shop(owner, name, releases, tenancy);
        ComponentScope api = shop.component("store", "api");
        deploy(shop, api, "one");
        awaitVersion(shop, 1);
        String logs = shop.path(api, "/logs?environment=dev&tail=5&follow=true");
        assertThat(owner.get(logs).status()).as("not connected").isEqualTo(503);

        try (TestDataPlane.Watch watch = dataPlane.watch(null);
                Reading reading = read(logs)) {
            LinkEvent.LogsWanted wanted = watch.next(LinkEvent.LogsWanted.class);
            assertThat(wanted.cell()).isEqualTo("store.dev." + shop.organization());
            assertThat(wanted.tail()).isEqualTo(5);
            try (var lines = new SubmissionPublisher<ByteBuffer>()) {
                var sent = send(dataPlane, wanted.stream(), lines);
                lines.submit(line("hello"));

                assertThat(reading.nextData()).contains("\"text\":\"hello\"").contains("api-1");
                reading.close();

                await().untilAsserted(() -> {
                    // A line tells the control plane that its reader is gone.
                    lines.submit(line("more"));
                    assertThat(sent).isDone();
                });
            }
        }
    }

    @Test
    void whoSendsALogThatIsNotTheirsOrThatNobodyReadsIsCutOff() throws Exception {
        TestDataPlane dataPlane = TestDataPlane.joined(admin, link, authority.trustBundle(), name);
        TestDataPlane other = TestDataPlane.joined(admin, link, authority.trustBundle(), name + "-b");
        Shop shop = new Shop(owner, name, releases, tenancy);
        ComponentScope api = shop.component("store", "api");
        deploy(shop, api, "one");
        awaitVersion(shop, 1);

        try (TestDataPlane.Watch watch = dataPlane.watch(null);
                Reading reading = read(shop.path(api, "/logs?environment=dev&follow=true"))) {
            String stream = watch.next(LinkEvent.LogsWanted.class).stream();
            assertCutOff(other, stream);
            assertCutOff(dataPlane, UUID.randomUUID().toString());
            try (var lines = new SubmissionPublisher<ByteBuffer>()) {
                send(dataPlane, stream, lines);
                lines.submit(line("hello"));
                assertThat(reading.nextData()).contains("\"text\":\"hello\"");
            }
        }
    }

    /** A whole answer would come too late for one that sends on and on. */
    private static void assertCutOff(TestDataPlane sender, String stream) {
        try (var lines = new SubmissionPublisher<ByteBuffer>()) {
            var sent = send(sender, stream, lines);
            lines.submit(line("forged"));
            await().untilAsserted(() -> assertThat(sent).isCompletedExceptionally());
        }
    }

    private static CompletableFuture<HttpResponse<String>> send(
            TestDataPlane sender, String stream, SubmissionPublisher<ByteBuffer> lines) {
        var sent = sender.client()
                .sendAsync(
                        HttpRequest.newBuilder(sender.address("/link/v1/log-streams/" + stream))
                                .POST(HttpRequest.BodyPublishers.fromPublisher(lines))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        await().until(lines::hasSubscribers);
        return sent;
    }

    private static ByteBuffer line(String text) {
        byte[] json = ContractJson.canonical(new LogLine(Instant.EPOCH, "api-1", text));
        return ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    }

    private record Reading(Stream<String> lines, Iterator<String> iterator) implements AutoCloseable {
        String nextData() {
            String line = iterator.next();
            while (!line.startsWith("data:")) {
                line = iterator.next();
            }
            return line;
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    private Reading read(String path) throws Exception {
        HttpResponse<Stream<String>> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Authorization", "Bearer " + owner.token())
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Reading(answer.body(), answer.body().iterator());
    }

    private void deploy(Shop shop, ComponentScope component, String mark) {
        String release = shop.release(component, mark, it -> it).id();
        Client.Answer created = owner.post(
                shop.path(component, "/deployments"),
                "{\"environment\": \"dev\", \"release\": \"%s\"}".formatted(release));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        // One after the other, so that each gets a version of its own.
        await().untilAsserted(() -> assertThat(
                        owner.get(shop.path("/projects/store/cells/dev")).text("/document/spec/components/0/release"))
                .isEqualTo(release));
    }

    private void awaitVersion(Shop shop, long version) {
        await().untilAsserted(() -> assertThat(owner.get(shop.path("/projects/store/cells/dev"))
                        .json()
                        .at("/version")
                        .asLong())
                .isEqualTo(version));
    }

    private String token() {
        Client.Answer created = admin.post("/api/v1/data-planes", "{\"name\": \"%s\"}".formatted(name));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        assertThat(created.text("/caFingerprint")).isEqualTo(authority.fingerprint());
        return created.text("/joinToken");
    }

    private String status() {
        return admin.get("/api/v1/data-planes/" + name).text("/status");
    }

    private static Cell.Spec emptySpec() {
        return new Cell.Spec("", "", null, List.of());
    }
}
