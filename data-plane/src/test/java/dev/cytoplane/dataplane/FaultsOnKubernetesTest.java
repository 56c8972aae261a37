package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ExposureSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ServiceType;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.dataplane.testing.TlsConnection;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.NodeCondition;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What is lost below a data plane and above it: the node that its cells run on, and its way to the control plane. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class FaultsOnKubernetesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** A cell's certificate is due at the middle between five minutes ago and the end of what signs it. */
    private static final Duration AUTHORITY = Duration.ofMinutes(9);

    private Cluster cluster;
    private TestLink link;
    private AgentOnKubernetes dataPlane;
    private Cell.Artifact one;
    private Cell.Artifact two;

    @BeforeAll
    void aDataPlaneWhoseAuthorityLivesForMinutes(Cluster given, @TempDir Path work) throws IOException {
        cluster = given;
        link = new TestLink(Clock.systemUTC());
        link.certificatesLive(AUTHORITY);
        dataPlane = new AgentOnKubernetes(cluster, work, link);
        one = TestPlane.artifact(link, "one");
        two = TestPlane.artifact(link, "two");
        dataPlane.start(new ExposureSettings(ServiceType.NODE_PORT, List.of(), null), ExposureSettings.INSIDE);
    }

    @AfterAll
    void nothingIsLeft() {
        dataPlane.close();
        link.close();
    }

    @Test
    void cutOffFromItsControlPlaneItsCellsAnswerAndTheirCertificatesAreChanged() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        List<String> urls = urls(dataPlane.ready(cell, 1));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get(urls.getFirst()), answer -> answer.equals("one"));
        BigInteger before = serial(urls.getLast());
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        Queue<String> failures = new ConcurrentLinkedQueue<>();

        link.down();
        Thread caller = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                try {
                    if (!get(urls.getFirst()).equals("one")) {
                        failures.add("another answer");
                    }
                } catch (IOException e) {
                    failures.add(e.toString());
                }
                calls.incrementAndGet();
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        });
        try {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> serial(urls.getLast()), serial -> !serial.equals(before));
        } finally {
            over.set(true);
            caller.join(Duration.ofSeconds(20));
        }

        assertThat(failures).as("of %s calls", calls).isEmpty();
        link.up();
        link.put(ExampleCells.release(project, 2, two));
        dataPlane.ready(cell, 2);
        link.delete(cell);
    }

    @Test
    void whenItsNodeIsLostThatIsToldAndWhenItIsBackItsCellsAreWhatWasWantedMeanwhile() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        dataPlane.ready(cell, 1);

        cluster.loseNode();
        try {
            await().atMost(PATIENCE).until(() -> !isNodeReady());
            CellStatus told = dataPlane.until(
                    cell,
                    status -> assertThat(status.components()).singleElement().satisfies(component -> {
                        assertThat(component.phase()).isEqualTo(Phase.DEGRADED);
                        assertThat(component.readyReplicas()).isZero();
                    }));
            assertThat(told.components().getFirst().message()).contains("0 of 1 ready");
            link.put(ExampleCells.release(project, 2, two));
            dataPlane.until(cell, status -> {
                assertThat(status.observedVersion()).isEqualTo(2);
                assertThat(status.components().getFirst().phase()).isNotEqualTo(Phase.READY);
            });
        } finally {
            cluster.bringNodeBack();
        }

        List<String> urls = urls(dataPlane.ready(cell, 2));
        assertThat(await().atMost(PATIENCE).ignoreExceptions().until(() -> get(urls.getFirst()), answer -> true))
                .isEqualTo("two");
        link.delete(cell);
    }

    private boolean isNodeReady() {
        return cluster.client().nodes().list().getItems().getFirst().getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(NodeCondition::getStatus)
                .anyMatch("True"::equals);
    }

    private static List<String> urls(CellStatus status) {
        return status.components().getFirst().endpoints().getFirst().urls();
    }

    private String get(String url) throws IOException {
        return new FromOutside(dataPlane.node()).get(url);
    }

    /** Of the certificate that the cell's front door shows. */
    private BigInteger serial(String url) throws IOException {
        URI uri = URI.create(url);
        try (TlsConnection connection =
                TlsConnection.open(link.trusting(), dataPlane.node(), uri.getPort(), uri.getHost())) {
            return connection.certificate().getSerialNumber();
        }
    }
}
