package dev.cytoplane.controlplane.build.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.pod.BuildPod;
import dev.cytoplane.builder.run.Builders;
import dev.cytoplane.builder.run.FolderFiles;
import dev.cytoplane.builder.run.InstalledToolchain;
import dev.cytoplane.builder.run.Making;
import dev.cytoplane.builder.run.ToolHomes;
import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.contracts.build.BuildReport;
import dev.cytoplane.contracts.build.BuildReport.Phase;
import dev.cytoplane.contracts.build.BuildTask;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.api.TestIssuer;
import dev.cytoplane.controlplane.build.BuildSettings;
import dev.cytoplane.controlplane.build.NodeInstalled;
import dev.cytoplane.controlplane.build.place.BuildPlace;
import dev.cytoplane.controlplane.build.place.Commission;
import dev.cytoplane.controlplane.build.place.LostBuild;
import dev.cytoplane.controlplane.build.place.ThisMachine;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import dev.cytoplane.controlplane.dataplane.link.TestDataPlane;
import dev.cytoplane.controlplane.listener.Listener;
import dev.cytoplane.controlplane.listener.Listeners;
import dev.cytoplane.controlplane.source.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The real pod's program over the real link; only the cluster between them is left out. */
@ControlPlaneTest
@NodeInstalled
class RemotePlacesTests {

    private static final Descriptor NOTHING_DECLARED = new Descriptor(
            Descriptor.API_VERSION, Descriptor.KIND, null, null, null, null, null, null, null, null, null);

    private static final ToolHomes HERE = new ToolHomes(null, null, null);
    private static final Builder NODE = Builders.all(Optional.empty(), Optional.empty()).stream()
            .filter(builder -> builder.name().equals("node"))
            .findFirst()
            .orElseThrow();

    @LocalServerPort
    int port;

    @Autowired
    Listeners listeners;

    @Autowired
    Authority authority;

    @Autowired
    RemotePlaces places;

    @Autowired
    Orders orders;

    @Autowired
    BuildSettings settings;

    @TempDir
    Path folder;

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private volatile List<BuildOrder> wanted = List.of();
    private String name;
    private TestDataPlane dataPlane;
    private TestDataPlane.Watch watch;
    private URI link;

    @BeforeEach
    void join() {
        Client admin = Client.of(port, "lena").withToken(TestIssuer.SHARED.platformAdmin("root"));
        name = "builds-" + UUID.randomUUID().toString().substring(0, 8);
        int linkPort = listeners.port(Listener.LINK).orElseThrow();
        link = URI.create("https://127.0.0.1:" + linkPort);
        dataPlane = TestDataPlane.joined(admin, linkPort, authority.trustBundle(), name, "kubernetes");
        watch = dataPlane.watch(null);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    if (watch.next() instanceof LinkEvent.BuildsWanted(var builds)) {
                        wanted = builds;
                    }
                }
            } catch (RuntimeException e) {
                // The test is over.
            }
        });
        report(List.of());
    }

    @AfterEach
    void leave() {
        watch.close();
    }

    @Test
    void aPodBuildsTheSameBytesAsThisMachine() throws Exception {
        Git source = source("""
                const fs = require('fs');
                console.log('made it');
                fs.mkdirSync('made');
                fs.writeFileSync('made/file', 'x');
                """);
        Making.Made here = new ThisMachine(settings).make(commission(source, "here"));
        log.clear();

        Making.Made there = inAPod(source);

        assertThat(Files.readAllBytes(there.archive())).isEqualTo(Files.readAllBytes(here.archive()));
        assertThat(there.product().command()).isEqualTo(here.product().command());
        assertThat(there.product().kind()).isEqualTo(here.product().kind());
        assertThat(there.product().environment()).isEqualTo(here.product().environment());
        assertThat(there.product().type()).isEqualTo(here.product().type());
        assertThat(log).contains("$ npm run build", "made it");
        await().untilAsserted(() -> assertThat(wanted).isEmpty());
    }

    @Test
    void whatFailsInAPodFailsWithTheSameSentence() throws Exception {
        Git source = source("process.exit(3)");

        assertThatThrownBy(() -> inAPod(source))
                .isInstanceOf(BuildFailure.class)
                .hasMessage("`npm run build` ended with exit code 3.");
    }

    @Test
    void aCancelledBuildIsWantedNoMoreAndItsPodEnds() throws Exception {
        Git source = source("console.log('begun'); setTimeout(() => {}, 1e9)");
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread run = Thread.ofVirtual().start(() -> end.complete(failure(() -> placed(source))));
        CompletableFuture<Throwable> pod = new CompletableFuture<>();
        BuildOrder order = await().until(() -> wanted.stream().findFirst(), Optional::isPresent)
                .orElseThrow();
        Thread.ofPlatform().daemon().start(() -> pod.complete(failure(() -> pod(order, "pod"))));
        await().until(() -> log.contains("begun"));

        run.interrupt();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        await().untilAsserted(() -> assertThat(wanted).isEmpty());
        assertThat(pod.get()).isNotNull();
    }

    @Test
    void oneTokenIsForOnePodAndForOneBuild() throws Exception {
        Git source = source("");
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread run = Thread.ofVirtual().start(() -> end.complete(failure(() -> placed(source))));
        BuildOrder order = await().until(() -> wanted.stream().findFirst(), Optional::isPresent)
                .orElseThrow();

        assertThat(get(order.build(), "wrong", "a")).isEqualTo(401);
        assertThat(get(UUID.randomUUID(), order.token(), "a")).isEqualTo(401);
        assertThat(get(order.build(), order.token(), "a")).isEqualTo(200);
        assertThat(get(order.build(), order.token(), "a")).isEqualTo(200);
        assertThat(get(order.build(), order.token(), "b")).isEqualTo(409);
        await().until(() -> wanted.getFirst().begun());
        assertThat(order.toString()).doesNotContain(order.token());

        run.interrupt();
        end.get();
        assertThat(get(order.build(), order.token(), "a")).isEqualTo(401);
    }

    @Test
    void whatTheClusterSaysStandsInTheLogAndInTheEnd() throws Exception {
        Git source = source("");
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> failed.complete(failure(() -> placed(source))));
        BuildOrder order = await().until(() -> wanted.stream().findFirst(), Optional::isPresent)
                .orElseThrow();
        report(List.of(new BuildReport.Seen(order.build(), 1, Phase.WAITING, "an image cannot be pulled")));
        report(List.of(new BuildReport.Seen(order.build(), 1, Phase.WAITING, "an image cannot be pulled")));
        report(List.of(new BuildReport.Seen(order.build(), 7, Phase.FAILED, "of another attempt")));
        await().until(() -> log.contains("It waits: an image cannot be pulled"));
        report(List.of(new BuildReport.Seen(order.build(), 1, Phase.LOST, "The build's pod is gone.")));

        assertThat(failed.get()).isInstanceOf(LostBuild.class).hasMessage("The build's pod is gone.");
        assertThat(log).containsOnlyOnce("It waits: an image cannot be pulled");
    }

    private interface Work {
        void run() throws Exception;
    }

    private static @Nullable Throwable failure(Work work) {
        try {
            work.run();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private Making.Made inAPod(Git source) throws Exception {
        CompletableFuture<Making.Made> made = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                made.complete(placed(source));
            } catch (Exception e) {
                made.completeExceptionally(e);
            }
        });
        BuildOrder order = await().until(() -> wanted.stream().findFirst(), Optional::isPresent)
                .orElseThrow();
        pod(order, "pod");
        try {
            return made.get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private Making.Made placed(Git source) throws IOException, InterruptedException {
        BuildPlace place = await().until(
                        () -> places.find(log::add), found -> found.platform().equals(name));
        return place.make(commission(source, "there"));
    }

    private void pod(BuildOrder order, String at) throws IOException, InterruptedException {
        Path secret = Files.createDirectories(folder.resolve(at + "-order"));
        Files.writeString(secret.resolve("token"), order.token());
        Files.writeString(secret.resolve("roots.pem"), authority.trustBundle());
        BuildPod.run(
                link.resolve("/link/v1/builds/" + order.build()),
                new BuildPod.Folders(
                        secret,
                        Files.createDirectories(folder.resolve(at + "-work")),
                        Files.createDirectories(folder.resolve(at + "-cache"))),
                HERE);
    }

    private int get(UUID build, String token, String pod) {
        return dataPlane
                .send("GET", "/link/v1/builds/" + build + "/task?pod=" + pod, null, Map.of(BuildTask.TOKEN, token))
                .statusCode();
    }

    /** The platform's name is how this test knows its own data plane among those of others. */
    private void report(List<BuildReport.Seen> seen) {
        var tools = new InstalledToolchain(HERE);
        var report = new BuildReport(
                50, Map.of("node", tools.node().version(), "npm", tools.npm().version()), name, seen);
        assertThat(dataPlane
                        .send("PUT", "/link/v1/builds", ContractJson.canonical(report))
                        .statusCode())
                .isEqualTo(204);
    }

    private Commission commission(Git source, String at) throws IOException {
        try (RevWalk walk = new RevWalk(source.getRepository())) {
            Checkout checkout = new Checkout(
                    source.getRepository(),
                    walk.parseCommit(source.getRepository().resolve("HEAD")).getTree());
            FolderFiles files =
                    new FolderFiles(source.getRepository().getWorkTree().toPath());
            Consumer<String> lines = log::add;
            return new Commission(
                    UUID.randomUUID(),
                    1,
                    checkout,
                    files,
                    Instant.EPOCH,
                    NOTHING_DECLARED,
                    NODE,
                    NODE.tools(files, new InstalledToolchain(HERE)),
                    folder.resolve(at),
                    folder.resolve(at + "-cache-here"),
                    System.nanoTime() + settings.timeLimit().toNanos(),
                    lines,
                    () -> {});
        }
    }

    private Git source(String build) throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("package.json"), """
                {"name": "x", "version": "1.0.0", "scripts": {"build": "node build.js", "start": "node server.js"}}""");
        Files.writeString(tree.resolve("build.js"), build);
        Files.writeString(tree.resolve("server.js"), "");
        Files.writeString(Files.createDirectories(tree.resolve("bin")).resolve("tool"), "#!/bin/sh\n");
        assertThat(tree.resolve("bin/tool").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(tree.resolve("bin/link"), Path.of("./tool"));
        Git git = Git.init().setDirectory(tree.toFile()).call();
        git.add().addFilepattern(".").call();
        git.commit()
                .setMessage("x")
                .setSign(false)
                .setAuthor("Ann", "ann@example.org")
                .setCommitter("Ann", "ann@example.org")
                .call();
        return git;
    }
}
