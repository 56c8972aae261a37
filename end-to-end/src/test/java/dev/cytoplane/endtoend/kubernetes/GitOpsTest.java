package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * A service is pushed to the real control plane, becomes a file of a Git repository, and somebody who only knows the repository
 * and the cluster applies that file: then it runs. The data plane of the cluster applies nothing of it.
 */
@WithPlatform
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GitOpsTest {

    private static final String ENVIRONMENT = "east";
    private static final String BRANCH = "cells";
    private static final String FILE = "east/greeter.yaml";

    private final Platform platform;
    private final Api api;
    private KubernetesClient client;
    private KubernetesDataPlane dataPlane;
    private Sandbox greeter;
    private String delivery;
    private String repository;
    /** Of the first test; the others come after it. */
    @SuppressWarnings("NullAway.Init")
    private Git source;

    private Git clone;

    @SuppressWarnings("NullAway.Init")
    private LocalPortForward gateway;

    private final List<Process> pushes = new ArrayList<>();

    GitOpsTest(Platform platform) {
        this.platform = platform;
        this.api = platform.api();
    }

    @BeforeAll
    @Timeout(1200)
    void deliverByGit(Cluster cluster) {
        client = cluster.client();
        dataPlane = KubernetesDataPlane.start(platform, cluster);
        Sandbox sandbox = platform.sandbox("gitops");
        String organization = "/organizations/" + sandbox.organization();
        // For cyto, which is signed in as the person admin.
        api.post(organization + "/members", Map.of("username", "admin", "role", "developer"))
                .expect(201);
        api.post(organization + "/environments", Map.of("name", ENVIRONMENT, "dataPlane", dataPlane.name()))
                .expect(201);
        api.post(organization + "/pipelines", Map.of("name", ENVIRONMENT, "stages", List.of(ENVIRONMENT)))
                .expect(201);
        greeter = sandbox.withProject("greeter", ENVIRONMENT);
        // Any Git host will do; this one is at hand. Its branch is not one that is built.
        repository = sandbox.create("repository").path("gitUrl").asString();
        delivery = organization + "/environments/" + ENVIRONMENT + "/delivery";
        api.put(
                        delivery,
                        "*",
                        Map.of(
                                "url", repository,
                                "branch", BRANCH,
                                "directory", ENVIRONMENT,
                                "mode", "git",
                                "credentials", Map.of("username", "git", "token", sandbox.token())))
                .expect(201);
        clone = Git.init(sandbox.temporary("clone"));
    }

    @AfterAll
    void end() throws IOException {
        pushes.forEach(Process::destroy);
        if (gateway != null) {
            gateway.close();
        }
        if (dataPlane != null) {
            System.out.println("--- what the data plane said last:\n" + dataPlane.log());
            dataPlane.close();
        }
    }

    @Test
    @Order(1)
    void aPushBecomesAFileAndNothingRunsYet() {
        greeter.create("hello");
        source = greeter.nodeService("hello", "one");
        serve("one");
        push();

        JsonNode cell = inSync(1);
        assertThat(cell.path("repository").path("author").asString()).isNotEqualTo("Cytoplane");
        clone.pull(repository, greeter.token(), BRANCH).ok();
        assertThat(clone.tree().resolve(FILE)).content().contains("kind: \"Cell\"");
        Waits.until(
                "the data plane says that the cell is missing",
                Waits.LONG,
                () -> assertThat(cell().path("applied").path("message").asString())
                        .contains("has not brought"));
        assertThat(resource()).isEmpty();
    }

    @Test
    @Order(2)
    void whoeverAppliesTheFileMakesItRun() {
        apply();

        greeter.awaitLive("hello", ENVIRONMENT);
        gateway = new ClusterCell(client, greeter, ENVIRONMENT).gateway(dataPlane.httpPort());
        greeter.awaitAnswer(greeter.url("hello", ENVIRONMENT), "one");
        assertThat(cell().path("applied").path("version").asLong()).isEqualTo(1);
        assertThat(cell().path("applied").path("ready").asBoolean()).isTrue();
        assertThat(resource().orElseThrow().getMetadata().getLabels()).isNullOrEmpty();
    }

    @Test
    @Order(3)
    void aNewReleaseWaitsInTheRepositoryUntilItIsApplied() {
        serve("two");
        push();
        inSync(2);
        Waits.until(
                "the data plane says that the cluster is behind",
                Waits.LONG,
                () -> assertThat(cell().path("applied").path("message").asString())
                        .contains("has version 1; version 2"));
        greeter.awaitAnswer(greeter.url("hello", ENVIRONMENT), "one");

        apply();
        greeter.awaitAnswer(greeter.url("hello", ENVIRONMENT), "two");
        greeter.awaitLive("hello", ENVIRONMENT);
    }

    @Test
    @Order(4)
    void whatSomebodyElseChangedIsShownWithTheirName() {
        clone.pull(repository, greeter.token(), BRANCH).ok();
        clone.write(FILE, read().replace("replicas: 1", "replicas: 3"));
        String commit = clone.commit("Three of them");
        clone.push(repository, greeter.token(), "HEAD:" + BRANCH).ok();

        Waits.until("the drift is shown", Waits.LONG, () -> {
            assertThat(cell().path("sync").asString()).isEqualTo("DRIFTED");
            assertThat(cell().path("repository").path("commit").asString()).isEqualTo(commit);
            assertThat(cell().path("repository").path("author").asString()).isEqualTo("Ada");
        });
        assertThat(platform.cyto()
                        .ok("environment", "delivery", "status", ENVIRONMENT, "--organization", greeter.organization())
                        .out())
                .contains("drifted")
                .contains("replicas is 3, wanted is 1");
        platform.cyto()
                .ok(
                        "environment",
                        "delivery",
                        "heal",
                        ENVIRONMENT,
                        "greeter",
                        "--organization",
                        greeter.organization());
        inSync(2);
    }

    @Test
    @Order(5)
    void whatIsTakenOutLeavesTheRepositoryAndTheClusterWhenItIsDeletedThere() {
        JsonNode deployment = api.post(
                        greeter.component("hello") + "/undeployments", Map.of("environment", ENVIRONMENT))
                .expect(201)
                .json();
        Waits.until("the file is gone", Waits.LONG, () -> {
            clone.pull(repository, greeter.token(), BRANCH).ok();
            assertThat(clone.tree().resolve(FILE)).doesNotExist();
        });
        assertThat(resource()).isPresent();

        client.genericKubernetesResources("cytoplane.dev/v1alpha1", "Cell")
                .withName(greeter.cell(ENVIRONMENT))
                .delete();

        assertThat(greeter.awaitEnd("hello", deployment.path("id").asString())
                        .path("status")
                        .asString())
                .isEqualTo("REMOVED");
    }

    /** In a pod it has to be reached from outside of it. */
    private void serve(String text) {
        Path server = greeter.service(source, text).tree().resolve("server.js");
        try {
            source.write("server.js", Files.readString(server).replace("127.0.0.1", "0.0.0.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        source.commit(text);
    }

    /** Does not wait for the end: until somebody applies the file nothing is live. */
    private void push() {
        pushes.add(greeter.startPush(source, "hello"));
    }

    /** As {@code kubectl apply --server-side -f} does. */
    private void apply() {
        clone.pull(repository, greeter.token(), BRANCH).ok();
        client.load(new ByteArrayInputStream(read().getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private String read() {
        try {
            return Files.readString(clone.tree().resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<GenericKubernetesResource> resource() {
        return Optional.ofNullable(client.genericKubernetesResources("cytoplane.dev/v1alpha1", "Cell")
                .withName(greeter.cell(ENVIRONMENT))
                .get());
    }

    private JsonNode cell() {
        return api.get(delivery + "/cells").expect(200).json().path("items").path(0);
    }

    private JsonNode inSync(long version) {
        Waits.until("version " + version + " is in the repository", Waits.LONG, () -> {
            JsonNode cell = cell();
            assertThat(cell.path("sync").asString()).as("%s", cell).isEqualTo("IN_SYNC");
            assertThat(cell.path("repository").path("version").asLong()).isEqualTo(version);
        });
        return cell();
    }
}
