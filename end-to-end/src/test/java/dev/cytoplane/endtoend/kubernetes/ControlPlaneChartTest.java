package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

/** The whole platform, installed by one helm command into an empty namespace: PostgreSQL, Keycloak, control plane, data plane. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ControlPlaneChartTest {

    private static final String ENVIRONMENT = "development";
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private KubernetesClient client;
    private Volumes volumes;
    private InstalledPlatform platform;
    private Api api;
    private Sandbox shop;
    private Git source;
    private @Nullable LocalPortForward gateway;
    private int gatewayPort;

    @BeforeAll
    @Timeout(2400)
    void install(Cluster cluster) throws IOException {
        client = cluster.client();
        Path root = Repository.root();
        Path folder = Repository.folder(cluster.unique());
        volumes = Volumes.of(cluster, folder, 2);
        gatewayPort = freePort();
        // The chart brings its own, and takes over none that an earlier class of this run applied.
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("cells.cytoplane.dev")
                .withTimeout(2, TimeUnit.MINUTES)
                .delete();
        platform = InstalledPlatform.install(root, cluster, folder, volumes, gatewayPort);
        api = platform.api();
        shop = Sandbox.create(api, platform.http(), root, "chart");
        source = Git.init(shop.temporary("hello"));
    }

    @AfterAll
    void end() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        if (volumes != null) {
            volumes.close();
        }
    }

    @Test
    @Order(1)
    @Timeout(1500)
    void theDataPlaneOfTheSameReleaseHasJoinedWithoutAnybody() {
        Waits.until(
                "the data plane is connected",
                PATIENCE,
                () -> assertThat(api.get("/data-planes/cluster")
                                .expect(200)
                                .json()
                                .path("status")
                                .asString())
                        .isEqualTo("CONNECTED"));
    }

    @Test
    @Order(2)
    @Timeout(1500)
    void aPushIsBuiltDeployedAndAnswersThroughTheCellsGateway() {
        service("one");
        shop.create("hello");

        assertThat(shop.push(source, "hello").ok().output())
                .as("npm runs in the control plane's pod")
                .contains("npm run build");
        live();

        gateway = new ClusterCell(client, shop, ENVIRONMENT).gateway(gatewayPort);
        shop.awaitAnswer(shop.url("hello", ENVIRONMENT), "one");
    }

    @Test
    @Order(3)
    void noPodOfItMayDoAnythingThatItNeedNot() {
        assertThat(pods()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(pod -> {
            String name = pod.getMetadata().getName();
            assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot())
                    .as(name)
                    .isTrue();
            assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                    .as(name)
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.getSpec().getContainers())
                    .extracting(Container::getSecurityContext)
                    .allSatisfy(context -> {
                        assertThat(context.getReadOnlyRootFilesystem()).as(name).isTrue();
                        assertThat(context.getAllowPrivilegeEscalation())
                                .as(name)
                                .isFalse();
                        assertThat(context.getCapabilities().getDrop()).as(name).containsExactly("ALL");
                    });
            // The data plane makes cells, and is the only one with rights in the cluster.
            assertThat(pod.getSpec().getAutomountServiceAccountToken())
                    .as(name)
                    .isEqualTo(name.startsWith("cytoplane-data-plane"));
        });
    }

    @Test
    @Order(4)
    @Timeout(1500)
    void aStrangerReachesTheListenersAndNotTheDatabase() {
        Outsider outsider = new Outsider(client, platform.cluster().namespace());
        String inside = "." + platform.namespace() + ".svc.cluster.local:";

        assertThat(outsider.dial("cytoplane-control-plane" + inside + "8080")).contains("connected");
        assertThat(outsider.dial("cytoplane-control-plane" + inside + "8443")).contains("connected");
        assertThat(outsider.dial("cytoplane-keycloak" + inside + "8080")).contains("connected");
        assertThat(outsider.dial("cytoplane-postgresql" + inside + "5432")).doesNotContain("connected");
        assertThat(outsider.dial(pod("cytoplane-control-plane").getStatus().getPodIP() + ":9080"))
                .doesNotContain("connected");
    }

    @Test
    @Order(5)
    @Timeout(1500)
    void anUpgradeOfEverythingFailsNoRequestOfTheCell() throws IOException {
        String url = shop.url("hello", ENVIRONMENT);
        List<String> before = Stream.of("cytoplane-control-plane", "cytoplane-data-plane")
                .map(name -> pod(name).getMetadata().getUid())
                .toList();
        Load cell = new Load(platform.http(), url, 2);
        Outage outage = Outage.watch(platform.http(), platform.url() + "/healthz");
        try (cell;
                outage) {
            platform.upgrade("--set", "controlPlane.heap=320m", "--set", "dataPlane.resources.requests.cpu=50m");
            Waits.until(
                    "the data plane is connected again",
                    PATIENCE,
                    () -> assertThat(api.get("/data-planes/cluster")
                                    .expect(200)
                                    .json()
                                    .path("status")
                                    .asString())
                            .isEqualTo("CONNECTED"));
        }
        System.out.println("During the upgrade the cell answered " + cell.successes() + " times, and the API was away "
                + outage.times() + " times, for " + outage.longest().toMillis() + " ms at most");

        assertThat(pod("cytoplane-control-plane").getMetadata().getUid()).isNotIn(before);
        assertThat(cell.failures()).isEmpty();
        assertThat(cell.successes()).isPositive();
    }

    @Test
    @Order(6)
    @Timeout(1500)
    void theNextPodOfTheControlPlaneHasAllThatTheLastOneHad() throws IOException {
        Git clone = Git.init(shop.temporary("clone"));
        clone.pull(
                        api.get(shop.component("hello"))
                                .expect(200)
                                .json()
                                .path("gitUrl")
                                .asString(),
                        shop.token(),
                        "main")
                .ok();
        assertThat(clone.tree().resolve("server.js")).exists();
        service("two");
        shop.push(source, "hello").ok();
        live();
        shop.awaitAnswer(shop.url("hello", ENVIRONMENT), "two");
    }

    @Test
    @Order(7)
    @Timeout(1500)
    void theNextValuesKeepWhatWasGenerated() throws IOException {
        Map<String, String> before = secret("cytoplane-keycloak");
        platform.upgrade("--set", "controlPlane.heap=320m", "--set", "dataPlane.resources.requests.cpu=50m");
        assertThat(secret("cytoplane-keycloak")).isEqualTo(before);
    }

    @Test
    @Order(8)
    @Timeout(1500)
    void anUninstallLeavesNothingOfItsOwn() throws IOException {
        JsonNode removed = api.post(shop.component("hello") + "/undeployments", Map.of("environment", ENVIRONMENT))
                .expect(201)
                .json();
        assertThat(shop.awaitEnd("hello", removed.path("id").asString())
                        .path("status")
                        .asString())
                .isEqualTo("REMOVED");
        Waits.until(
                "the cell is gone",
                PATIENCE,
                () -> assertThat(new ClusterCell(client, shop, ENVIRONMENT).namespace())
                        .isEmpty());

        platform.uninstall();

        Waits.until("nothing is left", PATIENCE, () -> assertThat(left()).isEmpty());
    }

    private void service(String text) {
        shop.service(source, text);
        try {
            Path code = source.tree().resolve("server.js");
            Files.writeString(code, Files.readString(code).replace("'127.0.0.1'", "process.env.HOST"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        source.write("package.json", """
                {"name": "hello", "version": "1.0.0", "private": true, "scripts": {"build": "echo $(date) > built.txt"}}
                """);
        source.commit(text);
    }

    /** Longer than elsewhere: the image of the first release has its base to bring. */
    private void live() {
        String newest = Waits.value(
                "a deployment",
                PATIENCE,
                () -> shop.deployments("hello", ENVIRONMENT).stream()
                        .findFirst()
                        .map(deployment -> deployment.path("id").asString()));
        Waits.until(
                "it is live",
                PATIENCE,
                () -> assertThat(api.get(shop.component("hello") + "/deployments/" + newest)
                                .expect(200)
                                .json()
                                .path("status")
                                .asString())
                        .isEqualTo("LIVE"));
    }

    private List<Pod> pods() {
        return client
                .pods()
                .inNamespace(platform.namespace())
                .withLabel("app.kubernetes.io/instance", InstalledPlatform.RELEASE)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private Pod pod(String name) {
        return pods().stream()
                .filter(pod -> name.equals(pod.getMetadata().getLabels().get("app.kubernetes.io/name")))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> secret(String name) {
        return client.secrets()
                .inNamespace(platform.namespace())
                .withName(name)
                .get()
                .getData();
    }

    /** What carries the release's name. The data plane's identity does not: it is made by the data plane, and stays. */
    private List<String> left() {
        String namespace = platform.namespace();
        String release = "app.kubernetes.io/instance";
        return Stream.of(
                        client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .withLabel(release)
                                .list()
                                .getItems(),
                        client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withLabel(release)
                                .list()
                                .getItems(),
                        client.pods()
                                .inNamespace(namespace)
                                .withLabel(release)
                                .list()
                                .getItems(),
                        client.services()
                                .inNamespace(namespace)
                                .withLabel(release)
                                .list()
                                .getItems(),
                        client.secrets()
                                .inNamespace(namespace)
                                .withLabel(release)
                                .list()
                                .getItems(),
                        client.configMaps()
                                .inNamespace(namespace)
                                .withLabel(release)
                                .list()
                                .getItems(),
                        client.persistentVolumeClaims()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.rbac().roles().inNamespace(namespace).list().getItems(),
                        client.rbac()
                                .clusterRoles()
                                .withLabel(release, InstalledPlatform.RELEASE)
                                .list()
                                .getItems())
                .flatMap(List::stream)
                .map(HasMetadata.class::cast)
                .map(found -> found.getKind() + "/" + found.getMetadata().getName())
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
