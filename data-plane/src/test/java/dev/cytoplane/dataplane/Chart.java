package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.image.TestRegistry;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.Helm;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.ImageRegistry;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The chart's data plane in a real cluster, two pods of it, and what it asks its gateways: the same whosever they are. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class Chart {

    static final Duration PATIENCE = Duration.ofMinutes(4);
    static final String RELEASE = "cytoplane";

    Cluster cluster;
    String namespace;
    Path values;
    TestLink link;
    TestPlane plane;
    Helm helm;

    /** As the values say it. */
    abstract String sharing();

    /** The namespace of the gateway that serves a cell. */
    abstract String gateways(String cell);

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
                  gatewaySharing: %s
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
                        sharing(),
                        TestRegistry.push(registry, TestPlane.javaBase(), "chart/java", work),
                        registry.username());
    }

    @AfterAll
    void nothingIsLeft() throws Exception {
        await().atMost(PATIENCE)
                .until(
                        () -> plane.client()
                                .namespaces()
                                .withLabel(Labels.GATEWAY_OF)
                                .list()
                                .getItems(),
                        List::isEmpty);
        helm.run("uninstall", RELEASE, "--namespace", namespace, "--wait");
        plane.close();
        link.close();
    }

    @Test
    void whatGoesThroughAGatewayIsToldAndAnEndpointIsTriedOut() {
        String cell = bring(cluster.unique(), "one");
        assertThat(plane.answer(plane.outsider(), "http://" + ExampleCells.host(cell) + "/"))
                .isEqualTo("one");
        assertThat(plane.client()
                        .pods()
                        .inNamespace(gateways(cell))
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
        await().atMost(PATIENCE).untilAsserted(() -> {
            // Only the last half minute is told, and on a busy machine that may be asked for later.
            plane.answer(plane.outsider(), "http://" + ExampleCells.host(cell) + "/");
            assertThat(link.traffic(cell))
                    .hasValueSatisfying(traffic -> assertThat(traffic.edges())
                            .singleElement()
                            .satisfies(edge -> {
                                assertThat(edge.direction()).isEqualTo(GatewayTraffic.Direction.PUBLIC);
                                assertThat(edge.component()).isEqualTo("web");
                                assertThat(edge.requests()).isGreaterThanOrEqualTo(2);
                            }));
        });
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

    String bring(String project, String text) {
        link.put(ExampleCells.release(project, 1, TestPlane.artifact(link, text)));
        String cell = ExampleCells.name(project);
        ready(cell, 1);
        return cell;
    }

    void ready(String cell, long version) {
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
}
