package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.image.TestRegistry;
import dev.cytoplane.dataplane.kubernetes.pod.Leadership;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.Helm;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.ImageRegistry;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The chart, installed by helm into a real cluster: the data plane is two pods of it. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class ChartTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String RELEASE = "cytoplane";
    /** What a rendering without a cluster is for. */
    private static final String VERSION = "--kube-version=1.34.0";

    private Cluster cluster;
    private String namespace;
    private Path values;
    private TestLink link;
    private TestPlane plane;
    private Helm helm;

    @BeforeAll
    void install(Cluster given, @TempDir Path work) throws Exception {
        cluster = given;
        namespace = cluster.namespace();
        helm = new Helm(cluster, work);
        link = new TestLink(Clock.systemUTC(), InetAddress.ofLiteral(cluster.hostAddress()));
        plane = TestPlane.withoutOperator(cluster, work);
        plane.loadDataPlane();
        // The chart brings its own, and takes over none that somebody applied.
        plane.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("cells.cytoplane.dev")
                .withTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .delete();
        values = Files.writeString(work.resolve("values.yaml"), values(work));
        helm.ok(
                "upgrade",
                "--install",
                RELEASE,
                Helm.CHART.toString(),
                "--namespace",
                namespace,
                "--values",
                values.toString(),
                "--wait",
                "--timeout",
                "5m");
    }

    private String values(Path work) throws IOException {
        ImageRegistry registry = cluster.registry();
        plane.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("registry")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToStringData("password", Files.readString(registry.passwordFile()))
                        .addToStringData("ca.crt", Files.readString(registry.authority()))
                        .addToStringData("pull", registry.pullSecret())
                        .build())
                .create();
        return """
                images: {pullPolicy: Never}
                dataPlane:
                  enabled: true
                  image: {repository: %s, tag: "1"}
                  link:
                    url: %s
                    caFingerprint: %s
                  join: {token: %s}
                cluster:
                  networks: [10.96.0.0/16, 10.220.0.0/16]
                cells:
                  imageRepository: %s/chart/releases
                  gatewayImage: %s
                  gatewayReplicas: 2
                  baseImages:
                    java: %s
                  registry:
                    username: %s
                    existingSecret: registry
                    authorityKey: ca.crt
                    pullSecretKey: pull
                """.formatted(
                        TestPlane.DATA_PLANE,
                        link.url(),
                        link.fingerprint(),
                        TestLink.TOKEN,
                        registry.address(),
                        TestPlane.GATEWAY,
                        TestRegistry.push(registry, TestPlane.javaBase(), "chart/java", work),
                        registry.username());
    }

    @AfterAll
    void nothingIsLeft() throws Exception {
        helm.run("uninstall", RELEASE, "--namespace", namespace, "--wait");
        plane.close();
        link.close();
    }

    @Test
    void aCellOfTheLinkRuns() {
        String cell = bring(cluster.unique(), "one");
        assertThat(plane.answer(plane.outsider(), "http://" + ExampleCells.host(cell) + "/"))
                .isEqualTo("one");
        link.delete(cell);
    }

    @Test
    void whatGoesThroughAGatewayIsToldAndAnEndpointIsTriedOut() {
        String cell = bring(cluster.unique(), "one");
        assertThat(plane.answer(plane.outsider(), "http://" + ExampleCells.host(cell) + "/"))
                .isEqualTo("one");
        assertThat(plane.client()
                        .pods()
                        .inNamespace(Names.namespace(cell))
                        .withLabel("app.kubernetes.io/name", Names.GATEWAY)
                        .list()
                        .getItems())
                .as("what each of them counts is told together")
                .hasSize(2);

        EndpointCall.Outcome outcome = link.call(new LinkEvent.CallWanted(
                cluster.unique(), cell, "web", "http", new EndpointCall.Request("GET", "/", List.of(), null)));

        assertThat(outcome).isInstanceOfSatisfying(EndpointCall.Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(200);
            assertThat(new String(Base64.getDecoder().decode(answered.body()), StandardCharsets.UTF_8))
                    .isEqualTo("one");
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(link.traffic(cell))
                        .hasValueSatisfying(traffic -> assertThat(traffic.edges())
                                .singleElement()
                                .satisfies(edge -> {
                                    assertThat(edge.direction()).isEqualTo(GatewayTraffic.Direction.PUBLIC);
                                    assertThat(edge.component()).isEqualTo("web");
                                    assertThat(edge.requests()).isGreaterThanOrEqualTo(2);
                                })));
        assertThat(plane.from(plane.outsider(), "dial", ExampleCells.host(cell) + ":9090"))
                .as("nobody but the data plane asks a gateway")
                .doesNotContain("connected");
        link.delete(cell);
    }

    @Test
    void whatAGatewayMakesOfAConfigurationThatItRefusesIsTold() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        Cell.Artifact artifact = TestPlane.artifact(link, "one");
        link.put(ExampleCells.release(project, 1, artifact));
        ready(cell, 1);

        link.put(ExampleCells.version(
                ExampleCells.cell(
                        project,
                        ExampleCells.component("web", artifact).build(),
                        ExampleCells.component("twin", artifact).build()),
                2));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(link.status(cell)).hasValueSatisfying(status -> {
                    assertThat(status.observedVersion()).isEqualTo(2);
                    assertThat(status.conditions())
                            .filteredOn(condition -> condition.type().equals("GatewayConfigured"))
                            .singleElement()
                            .satisfies(condition -> {
                                assertThat(condition.status()).isEqualTo(CellStatus.State.FALSE);
                                assertThat(condition.message()).contains("two public routes have the path /");
                            });
                    assertThat(status.components())
                            .extracting(CellStatus.Component::phase)
                            .doesNotContain(Phase.READY);
                }));
        assertThat(plane.answer(plane.outsider(), "http://" + ExampleCells.host(cell) + "/"))
                .as("what was in force still is")
                .isEqualTo("one");

        link.put(ExampleCells.release(project, 3, artifact));
        ready(cell, 3);
        link.delete(cell);
    }

    @Test
    void theOtherPodTakesOverFromOneThatIsLost() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(link.isWatched()).isTrue());
        String holder = holder();
        List<Pod> pods = pods();
        assertThat(pods).hasSize(2);
        long joins = joins();

        kill(holder);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(holder()).isNotEqualTo(holder));
        link.delete(bring(cluster.unique(), "two"));
        assertThat(joins()).as("it is the same data plane").isEqualTo(joins);
    }

    @Test
    void killedAgainAndAgainWhileItBringsACellItGetsThere() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        Random random = new Random();
        for (int round = 1; round <= 3; round++) {
            link.put(ExampleCells.release(project, round, TestPlane.artifact(link, round % 2 == 0 ? "two" : "one")));
            // Anywhere between its first look at the cell and its last.
            Thread.sleep(random.nextLong(3_000));
            kill(holder());
        }

        ready(cell, 3);

        assertThat(plane.answer(plane.outsider(), "http://" + ExampleCells.host(cell) + "/"))
                .isEqualTo("one");
        link.delete(cell);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(plane.client()
                                .namespaces()
                                .withName(Names.namespace(cell))
                                .get())
                        .isNull());
    }

    /** Without a goodbye, so that its lease has to run out. */
    private void kill(String holder) {
        plane.client()
                .pods()
                .inNamespace(namespace)
                .withName(holder.substring(0, holder.indexOf('_')))
                .withGracePeriod(0)
                .delete();
    }

    @Test
    void anUpgradeReplacesThePodsAndTheCellsDoNotNotice() throws Exception {
        String project = cluster.unique();
        String cell = bring(project, "one");
        String uid = uid(cell);
        List<String> before = names(pods());

        helm.ok(
                "upgrade",
                RELEASE,
                Helm.CHART.toString(),
                "--namespace",
                namespace,
                "--values",
                values.toString(),
                "--set",
                "dataPlane.resources.requests.cpu=50m",
                "--wait",
                "--timeout",
                "5m");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names(pods())).hasSize(2).doesNotContainAnyElementsOf(before));
        link.put(ExampleCells.release(project, 2, TestPlane.artifact(link, "two")));
        ready(cell, 2);
        assertThat(uid(cell)).isEqualTo(uid);
        link.delete(cell);
    }

    @Test
    void whatIsWrongOrMissingIsSaidBeforeAnythingIsChanged() throws Exception {
        Helm.Result nothing =
                helm.run("template", RELEASE, Helm.CHART.toString(), VERSION, "--set", "dataPlane.enabled=true");
        assertThat(nothing.status()).isNotZero();
        assertThat(nothing.said()).contains("dataPlane/image/repository").contains("imageRepository");

        Helm.Result unknown = helm.run(
                "template",
                RELEASE,
                Helm.CHART.toString(),
                VERSION,
                "--values",
                values.toString(),
                "--set",
                "dataPlane.replica=3");
        assertThat(unknown.status()).isNotZero();
        assertThat(unknown.said()).contains("replica");
        helm.ok("lint", Helm.CHART.toString(), "--strict", "--values", values.toString());
    }

    private String bring(String project, String text) {
        link.put(ExampleCells.release(project, 1, TestPlane.artifact(link, text)));
        String cell = ExampleCells.name(project);
        ready(cell, 1);
        return cell;
    }

    private void ready(String cell, long version) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(link.status(cell)).hasValueSatisfying(status -> {
                    assertThat(status.observedVersion()).isEqualTo(version);
                    assertThat(status.components())
                            .isNotEmpty()
                            .allSatisfy(component -> assertThat(component.phase())
                                    .as(component.message())
                                    .isEqualTo(Phase.READY));
                }));
    }

    private String uid(String cell) {
        return plane.client()
                .resources(CellResource.class)
                .withName(cell)
                .get()
                .getMetadata()
                .getUid();
    }

    private long joins() {
        return link.asked().stream()
                .filter(request -> request.endsWith("/enrolments"))
                .count();
    }

    private String holder() {
        return plane.client()
                .leases()
                .inNamespace(namespace)
                .withName(Leadership.NAME)
                .get()
                .getSpec()
                .getHolderIdentity();
    }

    private List<Pod> pods() {
        return plane
                .client()
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", "cytoplane-data-plane")
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
    }
}
