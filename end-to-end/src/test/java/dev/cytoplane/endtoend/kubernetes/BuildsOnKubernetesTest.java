package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Echo;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Services;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Builds as Jobs of a real cluster: pushed with git to the real control plane, which executes nothing of them itself. */
@WithPlatform
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BuildsOnKubernetesTest {

    private static final String NAMESPACE = "cytoplane-builds";
    private static final String COMPONENT = "hello";
    /** Ends when a file is there that only the test can write. */
    private static final String GATE = """
            const fs = require('fs');
            console.log('it has begun');
            const timer = setInterval(() => {
              if (fs.existsSync('/build/gate')) {
                clearInterval(timer);
                console.log('the gate is open');
              }
            }, 200);
            // %s
            """;

    private final Platform platform;
    private final Api api;
    private final Services services;
    private KubernetesClient client;
    private KubernetesDataPlane dataPlane;
    private Sandbox sandbox;
    private Git source;
    private JsonNode local;

    BuildsOnKubernetesTest(Platform platform) {
        this.platform = platform;
        this.api = platform.api();
        this.services = platform.services();
    }

    @BeforeAll
    @Timeout(1800)
    void buildOnThisMachineFirst(Cluster cluster) throws IOException {
        client = cluster.client();
        sandbox = platform.sandbox("builds");
        api.post(sandbox.project() + "/components", Map.of("name", COMPONENT, "autoDeploy", false))
                .expect(201);
        source = sandbox.nodeService(COMPONENT, "hello")
                .write("package.json", """
                        {"name": "hello", "version": "1.0.0", "private": true, "scripts": {"build": "node build.js"}}
                        """)
                .write("build.js", "require('fs').writeFileSync('made.txt', 'made')");
        source.commit("First");
        sandbox.push(source, COMPONENT).ok();
        local = newest();
        assertThat(local.path("status").asString()).as("%s", local).isEqualTo("SUCCEEDED");
        runner("data-plane");
        dataPlane = KubernetesDataPlane.startWithBuilds(platform, cluster);
    }

    @AfterAll
    void end() throws IOException {
        if (dataPlane != null) {
            System.out.println("--- what the data plane said last:\n" + dataPlane.log());
            dataPlane.close();
        }
        runner("local");
        client.namespaces().withName(NAMESPACE).delete();
    }

    @Test
    @Order(1)
    void theSameCommitHasTheSameInputsAndTheSameArtifactWhoeverBuildsIt() {
        JsonNode known = build(false);
        assertThat(known.path("release").asString())
                .isEqualTo(local.path("release").asString());
        assertThat(known.path("stages").path(2).path("status").asString()).isEqualTo("SKIPPED");

        JsonNode built = build(true);
        assertThat(log(built)).contains("Runs as a Job of the data plane").contains("$ npm run build");
        assertThat(built.path("stages").path(2).path("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(built.path("release").asString())
                .isEqualTo(local.path("release").asString());
        awaitNothingLeft();
    }

    @Test
    @Order(2)
    void aPodIsNobodyAndReachesNothingThatIsNotNamed() {
        commit("""
                const fs = require('fs');
                const net = require('net');
                const link = new URL(fs.readFileSync('/proc/1/environ', 'latin1').match(/CYTOPLANE_BUILD_LINK=([^\\0]*)/)[1]);
                function call(name, host, port) {
                  return new Promise(done => {
                    const socket = net.connect({host, port, timeout: 3000});
                    const say = what => { console.log(name + ': ' + what); socket.destroy(); done(); };
                    socket.on('connect', () => say('reached'));
                    socket.on('timeout', () => say('not reached'));
                    socket.on('error', () => say('not reached'));
                  });
                }
                function write(folder) {
                  try {
                    fs.writeFileSync(folder + '/x', '');
                    console.log(folder + ': written');
                  } catch (e) {
                    console.log(folder + ': not written');
                  }
                }
                (async () => {
                  console.log('user ' + process.getuid());
                  console.log('account ' + fs.existsSync('/var/run/secrets/kubernetes.io'));
                  write('/usr');
                  write('/build');
                  await call('control plane', link.hostname, link.port);
                  await call('another port', link.hostname, %d);
                  await call('API server', '10.96.0.1', 443);
                  await call('metadata', '169.254.169.254', 80);
                })();
                """.formatted(platform.port("api-port")));

        JsonNode built = pushed();

        assertThat(log(built))
                .contains("user 65532", "account false", "/usr: not written", "/build: written")
                .contains("control plane: reached")
                .contains("another port: not reached", "API server: not reached", "metadata: not reached");
        assertThat(built.path("status").asString()).as("%s", built).isEqualTo("SUCCEEDED");
    }

    @Test
    @Order(3)
    void aJavaProjectIsBuiltByItsOwnWrapper() {
        api.post(sandbox.project() + "/components", Map.of("name", "echo", "autoDeploy", false))
                .expect(201);
        sandbox.push(Echo.tree(platform, sandbox, "in a pod", Echo.PUBLIC), "echo")
                .ok();

        JsonNode built = api.all(sandbox.component("echo") + "/builds").getFirst();
        assertThat(built.path("status").asString()).as("%s", built).isEqualTo("SUCCEEDED");
        assertThat(api.get(sandbox.component("echo") + "/builds/"
                                + built.path("id").asString() + "/log")
                        .expect(200)
                        .text())
                .contains("Runs as a Job of the data plane")
                .contains("The program is target/echo.jar");
    }

    @Test
    @Order(4)
    void aCancelledBuildsJobIsDeleted() {
        commit(GATE.formatted("cancelled"));
        String before = newestId();
        Process push = sandbox.startPush(source, COMPONENT);
        String build = awaitBegun(before);

        api.post(sandbox.component(COMPONENT) + "/builds/" + build + "/cancel", Map.of())
                .expect(200);

        assertThat(sandbox.awaitBuild(COMPONENT, build).path("status").asString())
                .isEqualTo("CANCELLED");
        awaitNothingLeft();
        push.destroy();
    }

    @Test
    @Order(5)
    void whatUsesMoreMemoryThanItMayFailsAndSaysSo() {
        commit("const all = []; for (;;) all.push(Buffer.alloc(64 << 20, 1));");

        JsonNode built = pushed();

        assertThat(built.path("status").asString()).isEqualTo("FAILED");
        assertThat(built.path("error").asString()).contains("more than 2048 MB of memory");
    }

    @Test
    @Order(6)
    void itsSecretIsItsJobsAndNothingElseNamesIt() {
        commit(GATE.formatted("secret"));
        String before = newestId();
        Process push = sandbox.startPush(source, COMPONENT);
        String build = awaitBegun(before);
        List<Secret> secrets = client.secrets().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(secret -> secret.getData().containsKey("token"))
                .toList();
        String token = new String(
                java.util.Base64.getDecoder()
                        .decode(secrets.getFirst().getData().get("token")),
                StandardCharsets.UTF_8);

        assertThat(secrets).hasSize(1);
        assertThat(secrets.getFirst().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("Job"));
        assertThat(pod().toString()).doesNotContain(token);
        assertThat(dataPlane.log()).doesNotContain(token);
        assertThat(platform.logs().tail(1000)).doesNotContain(token);
        openTheGate();
        assertThat(sandbox.awaitBuild(COMPONENT, build).path("status").asString())
                .isEqualTo("SUCCEEDED");
        assertThat(client.secrets().inNamespace("default").list().getItems()).isEmpty();
        awaitNothingLeft();
        push.destroy();
    }

    @Test
    @Order(7)
    void aBuildGoesOnWhileItsAgentIsKilledAndComesBack() {
        commit(GATE.formatted("agent"));
        String before = newestId();
        Process push = sandbox.startPush(source, COMPONENT);
        String build = awaitBegun(before);
        String pod = pod().getMetadata().getUid();

        dataPlane.kill();
        dataPlane.startAgain();
        assertThat(pod().getMetadata().getUid()).isEqualTo(pod);
        openTheGate();

        JsonNode built = sandbox.awaitBuild(COMPONENT, build);
        assertThat(built.path("status").asString()).as("%s", built).isEqualTo("SUCCEEDED");
        assertThat(built.path("attempt").asInt()).isEqualTo(1);
        assertThat(log(built)).containsOnlyOnce("it has begun").contains("the gate is open");
        awaitNothingLeft();
        push.destroy();
    }

    @Test
    @Order(8)
    void aBuildWhoseJobIsDeletedStartsAnewOnce() {
        commit(GATE.formatted("deleted"));
        String before = newestId();
        Process push = sandbox.startPush(source, COMPONENT);
        String build = awaitBegun(before);
        client.batch().v1().jobs().inNamespace(NAMESPACE).delete();

        awaitAttempt(build, 2);
        client.batch().v1().jobs().inNamespace(NAMESPACE).delete();

        JsonNode built = sandbox.awaitBuild(COMPONENT, build);
        assertThat(built.path("status").asString()).isEqualTo("FAILED");
        assertThat(built.path("error").asString()).containsAnyOf("was deleted", "is gone");
        assertThat(log(built)).contains("It starts anew, once.");
        push.destroy();
    }

    @Test
    @Order(9)
    void aControlPlaneThatIsKilledBuildsAgainAndReleasesOnce() {
        commit(GATE.formatted("control plane"));
        String before = newestId();
        Process push = sandbox.startPush(source, COMPONENT);
        String build = awaitBegun(before);

        services.awaitAgain("control-plane", services.kill("control-plane"));
        awaitAttempt(build, 2);
        openTheGate();

        JsonNode built = sandbox.awaitBuild(COMPONENT, build);
        assertThat(built.path("status").asString()).as("%s", built).isEqualTo("SUCCEEDED");
        String commit = built.path("commit").asString();
        assertThat(api.get(sandbox.component(COMPONENT) + "/releases")
                        .expect(200)
                        .json()
                        .path("items")
                        .valueStream()
                        .filter(release -> release.path("commit").asString().equals(commit)))
                .hasSize(1);
        awaitNothingLeft();
        push.destroy();
    }

    /** As an operator does it on a laptop: a file, and a restart. */
    private void runner(String runner) throws IOException {
        Path folder = Files.createDirectories(platform.home().resolve("control-plane/config"));
        Files.writeString(folder.resolve("application.properties"), "cytoplane.build.runner=" + runner + "\n");
        services.awaitAgain("control-plane", services.kill("control-plane"));
    }

    private void commit(String script) {
        source.write("build.js", script);
        source.commit("Another");
    }

    /** A push returns when its build has ended. */
    private JsonNode pushed() {
        sandbox.push(source, COMPONENT);
        return newest();
    }

    private JsonNode newest() {
        return sandbox.awaitBuild(COMPONENT, newestId());
    }

    private String newestId() {
        return api.get(sandbox.component(COMPONENT) + "/builds?limit=1")
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
    }

    private JsonNode build(boolean force) {
        JsonNode queued = api.post(sandbox.component(COMPONENT) + "/builds", Map.of("force", force))
                .expect(201)
                .json();
        JsonNode built = sandbox.awaitBuild(COMPONENT, queued.path("id").asString());
        assertThat(built.path("status").asString()).as("%s", built).isEqualTo("SUCCEEDED");
        return built;
    }

    /** The build after another one, once its script runs. */
    private String awaitBegun(String before) {
        String[] build = {""};
        Waits.until("the build has begun", Waits.LONG, () -> {
            build[0] = newestId();
            assertThat(build[0]).isNotEqualTo(before);
            assertThat(log(build[0])).contains("it has begun");
        });
        return build[0];
    }

    private void awaitAttempt(String build, int attempt) {
        Waits.until("attempt " + attempt + " has begun", Waits.LONG, () -> {
            String log = log(build);
            assertThat(log).contains("This is attempt " + attempt);
            assertThat(log.substring(log.indexOf("This is attempt " + attempt))).contains("it has begun");
        });
    }

    private String log(JsonNode build) {
        return log(build.path("id").asString());
    }

    private String log(String build) {
        return api.get(sandbox.component(COMPONENT) + "/builds/" + build + "/log")
                .text();
    }

    /** The one that is not on its way out. */
    private Pod pod() {
        return client.pods().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .orElseThrow();
    }

    private void openTheGate() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ExecWatch exec = client.pods()
                .inNamespace(NAMESPACE)
                .withName(pod().getMetadata().getName())
                .inContainer("build")
                .writingError(said)
                .exec("touch", "/build/gate")) {
            assertThat(exec.exitCode().get(60, TimeUnit.SECONDS)).as("%s", said).isZero();
        } catch (Exception e) {
            throw new AssertionError("The gate cannot be opened", e);
        }
    }

    private void awaitNothingLeft() {
        Waits.until("nothing of builds is left in the cluster", Waits.LONG, () -> {
            assertThat(client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems())
                    .isEmpty();
            assertThat(client.pods().inNamespace(NAMESPACE).list().getItems()).isEmpty();
        });
    }
}
