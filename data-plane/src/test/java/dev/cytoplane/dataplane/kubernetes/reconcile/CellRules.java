package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestAuthority;
import dev.cytoplane.testcluster.Cluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a cell, tried from pods inside and outside of cells: the same whosever gateway it is. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class CellRules {

    TestPlane plane;
    String outsider;
    String orders;
    String shop;
    String intruder;
    private HttpServer thirdParty;
    Cell.Artifact artifact;
    private String hostAddress;

    /** Whose gateways they have. */
    abstract Gates.Kind gateways();

    @BeforeAll
    void threeCellsAndAThirdParty(Cluster cluster, @TempDir Path work) throws IOException {
        plane = new TestPlane(cluster, new TestAuthority(Clock.systemUTC()), work, gateways());
        outsider = plane.outsider();
        artifact = plane.service("one");
        hostAddress = cluster.hostAddress();
        thirdParty = HttpServer.create(new InetSocketAddress(hostAddress, 0), 16);
        thirdParty.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = "third party".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        thirdParty.start();
        String base = cluster.unique();
        orders = base + "o";
        shop = base + "s";
        intruder = base + "i";
        plane.apply(ExampleCells.calledAt("/api", orders, artifact, shop));
        plane.apply(ExampleCells.cell(
                shop,
                ExampleCells.component("web", artifact)
                        .connections(
                                ExampleCells.toApiOf(orders),
                                new Cell.Connection("mail", "MAIL_URL", null, null, new Cell.External(thirdPartyUrl())))
                        .build()));
        plane.apply(ExampleCells.cell(
                intruder,
                ExampleCells.component("web", artifact)
                        .connections(ExampleCells.toApiOf(orders))
                        .build()));
        plane.ready(ExampleCells.name(orders));
        plane.ready(ExampleCells.name(shop));
        plane.ready(ExampleCells.name(intruder));
    }

    @AfterAll
    void nothingIsLeft() {
        plane.close();
        thirdParty.stop(0);
    }

    @Test
    void aDeclaredCallGoesThroughBothGateways() {
        assertThat(from(shop, "/get?OTHER_URL")).isEqualTo("200 one");
    }

    @Test
    void aCellThatTheCalleeHasNotAdmittedDoesNotReachItsGateway() {
        assertThat(from(intruder, "/get?OTHER_URL"))
                .as(
                        "no policy lets it in, so its own gateway says that nobody answers; or both have one, which says no")
                .startsWith(gateways() == Gates.Kind.OWN ? "503" : "403");
    }

    @Test
    void whatIsNotPublicIsNotReachedThroughAnyFrontDoor() {
        String url = "http://" + ExampleCells.host(ExampleCells.name(orders)) + "/api";

        assertThat(plane.from(outsider, "get", url))
                .as("the network says no, or the gateway that has a front door for others")
                .contains(gateways() == Gates.Kind.OWN ? "refused" : "404");
    }

    @Test
    void noComponentReachesAnotherCellPastTheGateways() {
        String namespace = Names.namespace(ExampleCells.name(orders));

        assertThat(from(shop, "/dial?api." + namespace + ".svc.cluster.local:8080"))
                .startsWith("ConnectException");
        assertThat(from(shop, "/dial?" + ExampleCells.host(ExampleCells.name(orders)) + ":9443"))
                .startsWith("ConnectException");
    }

    @Test
    void onlyTheGatewaysOfDeclaredCallersReachTheWestboundListenerOfWhatIsNotExposed() {
        assertThat(plane.from(outsider, "dial", ExampleCells.host(ExampleCells.name(orders)) + ":9443"))
                .contains("refused");
    }

    @Test
    void aPodWithTheGatewaysLabelsInAnotherNamespaceGetsNowhere() {
        String thief =
                plane.outsider(Map.of("app.kubernetes.io/name", "cell-gateway", "cytoplane.dev/role", "gateway"));
        String namespace = Names.namespace(ExampleCells.name(orders));

        assertThat(plane.from(thief, "dial", "api." + namespace + ".svc.cluster.local:8080"))
                .contains("refused");
        assertThat(plane.from(thief, "dial", ExampleCells.host(ExampleCells.name(shop)) + ":9080"))
                .contains("refused");
    }

    @Test
    void aDeclaredThirdPartyIsReachedThroughTheGatewayAndNotPastIt() {
        assertThat(from(shop, "/get?MAIL_URL")).isEqualTo("200 third party");
        assertThat(from(shop, "/fetch?" + thirdPartyUrl())).startsWith("ConnectException");
        assertThat(from(intruder, "/fetch?" + thirdPartyUrl())).startsWith("ConnectException");
    }

    @Test
    void aPodReachesNothingBeforeItsPoliciesAreInForceNorAfterItsCellIsDeleted() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName(hostAddress))) {
            Thread.ofVirtual().start(() -> {
                while (!door.isClosed()) {
                    try (Socket visitor = door.accept()) {
                        opened.incrementAndGet();
                    } catch (IOException e) {
                        // Closed: the test is over.
                    }
                }
            });
            String address = hostAddress + ":" + door.getLocalPort();
            assertThat(plane.from(outsider, "dial", address))
                    .as("the door is open to others")
                    .contains("connected");
            // The caller is connected a moment before the visit is counted.
            await().untilAsserted(() -> assertThat(opened).hasValue(1));
            String knocking = orders + "k";
            plane.apply(ExampleCells.cell(
                    knocking,
                    ExampleCells.component("web", artifact)
                            .replicas(3)
                            .environment(Map.of("BEHAVIOUR", "knock", "DOOR", address))
                            .build()));
            plane.ready(ExampleCells.name(knocking));

            plane.delete(ExampleCells.name(knocking));
            plane.client()
                    .namespaces()
                    .withName(Names.namespace(ExampleCells.name(knocking)))
                    .waitUntilCondition(namespace -> namespace == null, 120, TimeUnit.SECONDS);

            assertThat(opened).as("who came through the door").hasValue(1);
        }
    }

    String from(String project, String path) {
        return plane.answer(outsider, "http://" + ExampleCells.host(ExampleCells.name(project)) + path);
    }

    private String thirdPartyUrl() {
        return "http://" + hostAddress + ":" + thirdParty.getAddress().getPort();
    }
}
