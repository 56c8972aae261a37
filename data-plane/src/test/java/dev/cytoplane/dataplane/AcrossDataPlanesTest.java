package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayFiles;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ExposureSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ServiceType;
import dev.cytoplane.dataplane.testing.TestAuthority;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.dataplane.testing.TlsConnection;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.Second;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cells of two data planes, each on a real cluster of its own: one control plane has let both join, and tells the caller's the
 * address that the called one's advertises.
 */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class AcrossDataPlanesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private AgentOnKubernetes west;
    private AgentOnKubernetes east;
    private String orders;
    private String shop;
    private String intruder;
    private String address;
    private String shopUrl;
    private String intruderUrl;

    @BeforeAll
    void aCellOnEachOfTwoDataPlanes(Cluster one, @Second Cluster two, @TempDir Path work) throws IOException {
        TestAuthority root = new TestAuthority(Clock.systemUTC());
        west = new AgentOnKubernetes(one, folder(work, "west"), new TestLink(root, InetAddress.getLoopbackAddress()));
        east = new AgentOnKubernetes(two, folder(work, "east"), new TestLink(root, InetAddress.getLoopbackAddress()));
        ExposureSettings frontDoor = new ExposureSettings(ServiceType.NODE_PORT, List.of(), null);
        west.start(frontDoor, ExposureSettings.INSIDE);
        east.start(
                frontDoor,
                new ExposureSettings(
                        ServiceType.NODE_PORT, List.of(), east.node().getHostAddress()));
        String base = one.unique();
        orders = base + "o";
        shop = base + "s";
        intruder = base + "i";
        east.link().put(ExampleCells.calledAt("/api", orders, TestPlane.artifact(east.link(), "one"), shop));
        address =
                Objects.requireNonNull(east.ready(ExampleCells.name(orders), 1).westboundAddress());
        shopUrl = caller(shop);
        intruderUrl = caller(intruder);
    }

    /** @return its front door */
    private String caller(String project) {
        Cell.Artifact artifact = TestPlane.artifact(west.link(), "caller");
        west.link()
                .put(ExampleCells.cell(
                        project,
                        ExampleCells.component("web", artifact)
                                .connections(ExampleCells.toApiOf(orders, address))
                                .build()));
        CellStatus status = west.ready(ExampleCells.name(project), 1);
        String url =
                status.components().getFirst().endpoints().getFirst().urls().getFirst();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get(url), answer -> answer.equals("caller"));
        // The first call through gateways that have just begun may take longer than the caller waits.
        await().atMost(PATIENCE).until(() -> get(url + "get?OTHER_URL"), answer -> !answer.contains("timed out"));
        return url;
    }

    private static Path folder(Path work, String name) throws IOException {
        return Files.createDirectory(work.resolve(name));
    }

    private static String identity(String project) {
        return "spiffe://test.local/acme/production/" + project;
    }

    @AfterAll
    void nothingIsLeft() {
        List.of(shop, intruder).forEach(project -> west.link().delete(ExampleCells.name(project)));
        east.link().delete(ExampleCells.name(orders));
        gone(west, shop);
        gone(west, intruder);
        gone(east, orders);
        west.close();
        east.close();
        west.link().close();
        east.link().close();
    }

    private static void gone(AgentOnKubernetes dataPlane, String project) {
        await().atMost(PATIENCE)
                .until(() -> dataPlane
                                .plane()
                                .client()
                                .namespaces()
                                .withName(Names.namespace(ExampleCells.name(project)))
                                .get()
                        == null);
    }

    @Test
    void aDeclaredCallGoesThroughBothGatewaysAndTheCalledOneKnowsWhoCalls() throws Exception {
        assertThat(get(shopUrl + "get?OTHER_URL")).isEqualTo("200 one");

        assertThat(metrics(east, orders))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("cytoplane_gateway_requests_total")
                        .contains("direction=\"westbound\"")
                        .contains("component=\"api\"")
                        .contains("caller=\"" + identity(shop) + "\"")
                        .contains("status=\"2xx\""));
    }

    @Test
    void aCellThatTheCalledOneHasNotAdmittedIsRefusedByItsGateway() throws Exception {
        assertThat(get(intruderUrl + "get?OTHER_URL")).startsWith("403");

        assertThat(metrics(east, orders)).noneSatisfy(line -> assertThat(line).contains(identity(intruder)));
    }

    @Test
    void whoHasNoIdentityGetsNoAnswer() throws Exception {
        assertThatThrownBy(() -> {
                    try (TlsConnection connection = westbound()) {
                        connection.get("/api");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void bothCellsChangeTheirCertificatesWithoutAFailedCall() throws Exception {
        BigInteger before = serial();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        try {
                            String answer = get(shopUrl + "get?OTHER_URL");
                            if (!answer.equals("200 one")) {
                                failures.add(answer);
                            }
                        } catch (IOException e) {
                            failures.add(e.toString());
                        }
                        calls.incrementAndGet();
                    }
                }))
                .toList();
        try {
            // A certificate that is missing is issued anew, as one that is due is.
            for (int round = 1; round <= 3; round++) {
                String called = configuration(east, orders);
                String calling = configuration(west, shop);
                loseCertificate(east, orders);
                loseCertificate(west, shop);
                await().atMost(PATIENCE)
                        .until(() -> !configuration(east, orders).equals(called)
                                && !configuration(west, shop).equals(calling));
                BigInteger last = before;
                await().atMost(PATIENCE).ignoreExceptions().until(this::serial, serial -> !serial.equals(last));
                before = serial();
                int until = calls.get() + 40;
                await().atMost(PATIENCE).until(() -> calls.get() >= until);
            }
        } finally {
            over.set(true);
            for (Thread caller : callers) {
                caller.join(Duration.ofSeconds(20));
            }
        }
        assertThat(failures).as("of " + calls + " calls").isEmpty();
    }

    /** Of the certificate that the called cell shows. */
    private BigInteger serial() throws IOException {
        try (TlsConnection connection = westbound()) {
            return connection.certificate().getSerialNumber();
        }
    }

    private TlsConnection westbound() throws IOException {
        int colon = address.lastIndexOf(':');
        return TlsConnection.open(
                east.link().trusting(),
                InetAddress.getByName(address.substring(0, colon)),
                Integer.parseInt(address.substring(colon + 1)),
                ExampleCells.host(ExampleCells.name(orders)));
    }

    private static String configuration(AgentOnKubernetes dataPlane, String project) {
        return String.valueOf(secret(dataPlane, project).get().getData().get(GatewayFiles.CERTIFICATE));
    }

    private static void loseCertificate(AgentOnKubernetes dataPlane, String project) {
        secret(dataPlane, project).edit(found -> {
            found.getData().put(GatewayFiles.CERTIFICATE, "");
            return found;
        });
    }

    private static Resource<Secret> secret(AgentOnKubernetes dataPlane, String project) {
        return dataPlane
                .plane()
                .client()
                .secrets()
                .inNamespace(Names.namespace(ExampleCells.name(project)))
                .withName(Names.GATEWAY_CONFIGURATION);
    }

    private String get(String url) throws IOException {
        return new FromOutside(west.node()).get(url);
    }

    /** What the gateway of a cell has counted. */
    private static List<String> metrics(AgentOnKubernetes dataPlane, String project)
            throws IOException, InterruptedException {
        Pod gateway = dataPlane
                .plane()
                .client()
                .pods()
                .inNamespace(Names.namespace(ExampleCells.name(project)))
                .withLabel("cytoplane.dev/role", "gateway")
                .list()
                .getItems()
                .getFirst();
        try (LocalPortForward port =
                        dataPlane.plane().client().pods().resource(gateway).portForward(9090);
                HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port.getLocalPort() + "/metrics"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
    }
}
