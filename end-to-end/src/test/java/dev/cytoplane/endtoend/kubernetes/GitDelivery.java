package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.testcluster.Cluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A service whose cell is written to a Git repository, in an environment that is delivered from there: the data plane of the
 * cluster applies nothing of it.
 */
final class GitDelivery implements AutoCloseable {

    static final String ENVIRONMENT = "east";
    static final String BRANCH = "cells";
    static final String FILE = "east/greeter.yaml";
    static final String COMPONENT = "hello";

    private final Api api;
    private final KubernetesClient client;
    private final KubernetesDataPlane dataPlane;
    private final Sandbox greeter;
    private final String delivery;
    private final String repository;
    private final Git source;
    private final Git clone;
    private final List<Process> pushes = new ArrayList<>();
    private @Nullable LocalPortForward gateway;

    private GitDelivery(
            Platform platform,
            Cluster cluster,
            KubernetesDataPlane dataPlane,
            Sandbox greeter,
            String delivery,
            String repository) {
        this.api = platform.api();
        this.client = cluster.client();
        this.dataPlane = dataPlane;
        this.greeter = greeter;
        this.delivery = delivery;
        this.repository = repository;
        this.source = Git.init(greeter.temporary("source"));
        this.clone = Git.init(greeter.temporary("clone"));
    }

    /** Sets up all of it but the service's source. */
    static GitDelivery begin(Platform platform, Cluster cluster) {
        Api api = platform.api();
        KubernetesDataPlane dataPlane = KubernetesDataPlane.start(platform, cluster);
        try {
            Sandbox sandbox = platform.sandbox("gitops");
            String organization = "/organizations/" + sandbox.organization();
            // For cyto, which is signed in as the person admin.
            api.post(organization + "/members", Map.of("username", "admin", "role", "developer"))
                    .expect(201);
            api.post(organization + "/environments", Map.of("name", ENVIRONMENT, "dataPlane", dataPlane.name()))
                    .expect(201);
            api.post(organization + "/pipelines", Map.of("name", ENVIRONMENT, "stages", List.of(ENVIRONMENT)))
                    .expect(201);
            Sandbox greeter = sandbox.withProject("greeter", ENVIRONMENT);
            // Any Git host will do; this one is at hand. Its branch is not one that is built.
            String repository = sandbox.create("repository").path("gitUrl").asString();
            String delivery = organization + "/environments/" + ENVIRONMENT + "/delivery";
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
            greeter.create(COMPONENT);
            return new GitDelivery(platform, cluster, dataPlane, greeter, delivery, repository);
        } catch (RuntimeException | Error e) {
            dataPlane.close();
            throw e;
        }
    }

    Sandbox greeter() {
        return greeter;
    }

    /** The address of the repository that the cells are written to. */
    String repository() {
        return repository;
    }

    /** Pushes a service that answers the text. Does not wait for the end: until somebody brings the file nothing is live. */
    void push(String text) {
        Path server = greeter.service(source, text).tree().resolve("server.js");
        try {
            // In a pod it has to be reached from outside of it.
            source.write("server.js", Files.readString(server).replace("127.0.0.1", "0.0.0.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        source.commit(text);
        pushes.add(greeter.startPush(source, COMPONENT));
    }

    /** Opens the way to the cell's gateway, once there is one. */
    void openGateway() {
        gateway = new ClusterCell(client, greeter, ENVIRONMENT).gateway(dataPlane.httpPort());
    }

    void awaitAnswer(String text) {
        greeter.awaitAnswer(greeter.url(COMPONENT, ENVIRONMENT), text);
    }

    void awaitLive() {
        greeter.awaitLive(COMPONENT, ENVIRONMENT);
    }

    /** What the platform says of the cell, its file, and what is applied. */
    JsonNode cell() {
        return api.get(delivery + "/cells").expect(200).json().path("items").path(0);
    }

    /** Waits until the file has a version. */
    JsonNode awaitInSync(long version) {
        Waits.until("version " + version + " is in the repository", Waits.LONG, () -> {
            JsonNode cell = cell();
            assertThat(cell.path("sync").asString()).as("%s", cell).isEqualTo("IN_SYNC");
            assertThat(cell.path("repository").path("version").asLong()).isEqualTo(version);
        });
        return cell();
    }

    /** Waits until the data plane says this of what the cluster has. */
    void awaitSaid(String text) {
        Waits.until(
                "the data plane says: " + text,
                Waits.LONG,
                () -> assertThat(cell().path("applied").path("message").asString())
                        .contains(text));
    }

    /** The cell as the cluster has it. */
    Optional<GenericKubernetesResource> resource() {
        return Optional.ofNullable(client.genericKubernetesResources("cytoplane.dev/v1alpha1", "Cell")
                .withName(greeter.cell(ENVIRONMENT))
                .get());
    }

    /** A working tree of the repository, as it is now. */
    Git pulled() {
        clone.pull(repository, greeter.token(), BRANCH).ok();
        return clone;
    }

    /** The cell's file, as it is now. */
    String file() {
        try {
            return Files.readString(pulled().tree().resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the service out, and waits until its file is gone. */
    String undeploy() {
        JsonNode deployment = api.post(
                        greeter.component(COMPONENT) + "/undeployments", Map.of("environment", ENVIRONMENT))
                .expect(201)
                .json();
        Waits.until(
                "the file is gone",
                Waits.LONG,
                () -> assertThat(pulled().tree().resolve(FILE)).doesNotExist());
        return deployment.path("id").asString();
    }

    void awaitRemoved(String deployment) {
        assertThat(greeter.awaitEnd(COMPONENT, deployment).path("status").asString())
                .isEqualTo("REMOVED");
    }

    @Override
    public void close() throws IOException {
        pushes.forEach(Process::destroy);
        if (gateway != null) {
            gateway.close();
        }
        System.out.println("--- what the data plane said last:\n" + dataPlane.log());
        dataPlane.close();
    }
}
