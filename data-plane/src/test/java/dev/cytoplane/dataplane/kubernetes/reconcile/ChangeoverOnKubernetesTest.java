package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.testing.Calls;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestAuthority;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Cells that run change over to a gateway that they share, and back, while they are called. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class ChangeoverOnKubernetesTest {

    /** Both gateways are there for a minute and a half. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private static final String ENVIRONMENT = new Environment("acme", "production").namespace();

    private TestPlane plane;
    private String outsider;
    private String orders;
    private String shop;

    @BeforeAll
    void twoCellsWithTheirOwnGateways(Cluster cluster, @TempDir Path work) {
        plane = new TestPlane(cluster, new TestAuthority(Clock.systemUTC()), work);
        outsider = plane.outsider();
        Cell.Artifact artifact = plane.service("one");
        String base = cluster.unique();
        orders = base + "o";
        shop = base + "s";
        plane.apply(ExampleCells.calledAt("/api", orders, artifact, shop));
        plane.apply(ExampleCells.cell(
                shop,
                ExampleCells.component("web", artifact)
                        .connections(ExampleCells.toApiOf(orders))
                        .build()));
        plane.ready(ExampleCells.name(orders));
        plane.ready(ExampleCells.name(shop));
    }

    @AfterAll
    void nothingIsLeft() {
        plane.close();
    }

    @Test
    void thereAndBack() throws Exception {
        assertThat(get("/get?OTHER_URL")).isEqualTo("200 one");
        assertThat(get("/repeat?OTHER_URL")).isEqualTo("calling");
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        Thread callers = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                callFromOutside().ifPresent(failures::add);
                calls.incrementAndGet();
            }
        });
        try {
            change(Gates.Kind.ENVIRONMENT);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(gateways(orders)).isEmpty();
                assertThat(gateways(shop)).isEmpty();
            });
            assertThat(deployments(ENVIRONMENT)).containsExactly(Names.GATEWAY);
            plane.ready(ExampleCells.name(shop));
            Calls there = Calls.of(get("/repeated"));

            change(Gates.Kind.OWN);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(plane.client()
                                    .namespaces()
                                    .withName(ENVIRONMENT)
                                    .get())
                            .isNull());
            assertThat(gateways(orders)).containsExactly(Names.GATEWAY);
            assertThat(gateways(shop)).containsExactly(Names.GATEWAY);
            plane.ready(ExampleCells.name(shop));
            assertThat(get("/get?OTHER_URL")).isEqualTo("200 one");
            Calls back = Calls.of(get("/repeated"));
            assertThat(there.failed()).as("on the way there: " + there.said()).isZero();
            assertThat(back.failed()).as("on the way back: " + back.said()).isZero();
            System.out.println("there: " + there.said() + ", and back: " + back.said());
        } finally {
            over.set(true);
            callers.join(Duration.ofSeconds(30));
        }
        assertThat(failures).as("of " + calls + " from outside").isEmpty();
    }

    /** What went wrong. Who waits for two seconds only, or cannot be started at once on a busy machine, says nothing of gateways. */
    private Optional<String> callFromOutside() {
        Instant begun = Instant.now();
        try {
            return Optional.of(plane.from(outsider, "get", url("/")))
                    .filter(said -> !said.equals("one") && !said.contains("deadline exceeded"))
                    .map(said -> begun + " " + said.strip());
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private void change(Gates.Kind kind) {
        plane.stopOperator();
        plane.share(kind);
        plane.startOperator();
    }

    private List<String> gateways(String project) {
        return deployments(Names.namespace(ExampleCells.name(project))).stream()
                .filter(Names.GATEWAY::equals)
                .toList();
    }

    private List<String> deployments(String namespace) {
        return plane.client().apps().deployments().inNamespace(namespace).list().getItems().stream()
                .map(deployment -> deployment.getMetadata().getName())
                .toList();
    }

    private String get(String path) {
        return plane.answer(outsider, url(path));
    }

    private String url(String path) {
        return "http://" + ExampleCells.host(ExampleCells.name(shop)) + path;
    }
}
