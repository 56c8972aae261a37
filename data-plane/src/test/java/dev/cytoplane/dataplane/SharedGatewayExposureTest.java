package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.RefusedDeployment;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ExposureSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.GatewaySharing;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ServiceType;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.dataplane.testing.TlsConnection;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Service;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that two cells share, called from outside of the cluster, with the chart's rights and no others. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class SharedGatewayExposureTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ENVIRONMENT = new Environment("acme", "production").namespace();

    private Cluster cluster;
    private TestLink link;
    private AgentOnKubernetes dataPlane;

    @BeforeAll
    void prepare(Cluster given, @TempDir Path work) throws Exception {
        cluster = given;
        link = new TestLink(Clock.systemUTC(), InetAddress.ofLiteral(cluster.hostAddress()));
        dataPlane = new AgentOnKubernetes(cluster, work, link);
    }

    @AfterAll
    void nothingIsLeft() {
        dataPlane.close();
        link.close();
    }

    @Test
    void itHasOneFrontDoorForAllAndAListenerOfEachCellForOtherDataPlanes() throws Exception {
        String node = dataPlane.node().getHostAddress();
        dataPlane.start(
                new ExposureSettings(ServiceType.NODE_PORT, List.of("hosts={host}"), null),
                new ExposureSettings(ServiceType.NODE_PORT, List.of(), node),
                GatewaySharing.ENVIRONMENT);
        String one = cluster.unique();
        String two = cluster.unique();
        link.put(withCaller(one, "one"));
        link.put(withCaller(two, "two"));

        CellStatus first = dataPlane.ready(ExampleCells.name(one), 1);
        CellStatus second = dataPlane.ready(ExampleCells.name(two), 1);

        URI firstUrl = URI.create(url(first, "http"));
        URI secondUrl = URI.create(url(second, "http"));
        assertThat(firstUrl.getPort()).isEqualTo(secondUrl.getPort());
        assertThat(eventuallyGet(firstUrl.toString())).isEqualTo("one");
        assertThat(eventuallyGet(secondUrl.toString())).isEqualTo("two");
        for (CellStatus status : List.of(first, second)) {
            URI secure = URI.create(url(status, "https"));
            try (TlsConnection connection =
                    TlsConnection.open(link.trusting(), dataPlane.node(), secure.getPort(), secure.getHost())) {
                assertThat(names(connection)).contains(secure.getHost());
            }
        }
        assertThat(first.westboundAddress()).matches(node + ":3[0-9]{4}").isNotEqualTo(second.westboundAddress());
        assertThat(westbound(first)).contains("spiffe://test.local/acme/production/" + one);
        assertThat(westbound(second)).contains("spiffe://test.local/acme/production/" + two);
        assertThat(exposed())
                .flatExtracting(service -> service.getSpec().getPorts())
                .extracting(port -> port.getTargetPort().getIntVal())
                .as("two for the public, and one of each cell")
                .hasSize(4)
                .contains(8080, 8443)
                .doesNotContain(9090);
        assertThat(exposed())
                .filteredOn(service -> service.getMetadata().getName().equals("cell-gateway-public"))
                .singleElement()
                .satisfies(service -> assertThat(String.valueOf(
                                        service.getMetadata().getAnnotations().get("hosts"))
                                .split(","))
                        .containsExactlyInAnyOrder(firstUrl.getHost(), secondUrl.getHost()));

        link.delete(ExampleCells.name(one));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(exposed()).hasSize(2));
        link.delete(ExampleCells.name(two));
        awaitNoGateway();
    }

    @Test
    void whatThePolicyOfAnAdministratorRefusesOfItIsSaidByEachOfItsCells() {
        dataPlane.start(ExposureSettings.INSIDE, ExposureSettings.INSIDE, GatewaySharing.ENVIRONMENT);
        List<String> cells = List.of(cluster.unique(), cluster.unique());
        cells.forEach(project -> link.put(withCaller(project, "here")));
        cells.forEach(project -> dataPlane.ready(ExampleCells.name(project), 1));

        try (var policy =
                RefusedDeployment.in(cluster.client(), ENVIRONMENT, Names.GATEWAY, "no gateways on Fridays")) {
            cluster.client()
                    .apps()
                    .deployments()
                    .inNamespace(ENVIRONMENT)
                    .withName(Names.GATEWAY)
                    .delete();

            cells.forEach(project -> dataPlane.until(
                    ExampleCells.name(project),
                    told -> assertThat(told.conditions())
                            .filteredOn(condition -> condition.type().equals("GatewayConfigured"))
                            .singleElement()
                            .satisfies(condition -> assertThat(condition.message())
                                    .contains("the cluster refuses the Deployment " + Names.GATEWAY)
                                    .contains("no gateways on Fridays"))));
        }

        cells.forEach(project -> dataPlane.ready(ExampleCells.name(project), 1));
        cells.forEach(project -> dataPlane.until(
                ExampleCells.name(project),
                told -> assertThat(told.conditions())
                        .filteredOn(condition -> condition.type().equals("Ready"))
                        .singleElement()
                        .satisfies(condition -> assertThat(condition.status()).isEqualTo(CellStatus.State.TRUE))));
        cells.forEach(project -> link.delete(ExampleCells.name(project)));
        awaitNoGateway();
    }

    private void awaitNoGateway() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dataPlane
                                .plane()
                                .client()
                                .namespaces()
                                .withName(ENVIRONMENT)
                                .get())
                        .as("the last one takes it with it")
                        .isNull());
    }

    private Cell withCaller(String project, String text) {
        return ExampleCells.cell(
                project,
                ExampleCells.component("web", TestPlane.artifact(link, text))
                        .endpoints(TestCells.endpoint(
                                "http",
                                Visibility.PUBLIC,
                                "/web",
                                new Cell.Caller("shop.production.acme", "spiffe://test.local/acme/production/shop")))
                        .build());
    }

    private List<Service> exposed() {
        return dataPlane.plane().client().services().inNamespace(ENVIRONMENT).list().getItems().stream()
                .filter(service -> !service.getSpec().getType().equals("ClusterIP"))
                .toList();
    }

    private String westbound(CellStatus status) throws Exception {
        String address = Objects.requireNonNull(status.westboundAddress());
        int colon = address.lastIndexOf(':');
        try (TlsConnection connection = TlsConnection.open(
                link.trusting(),
                InetAddress.getByName(address.substring(0, colon)),
                Integer.parseInt(address.substring(colon + 1)),
                ExampleCells.host(status.cell()))) {
            return names(connection);
        }
    }

    private static String names(TlsConnection connection) throws Exception {
        return String.valueOf(connection.certificate().getSubjectAlternativeNames());
    }

    private static String url(CellStatus status, String scheme) {
        return status.components().stream()
                .flatMap(component -> component.endpoints().stream())
                .flatMap(endpoint -> endpoint.urls().stream())
                .filter(url -> url.startsWith(scheme + ":"))
                .findFirst()
                .orElseThrow();
    }

    private String eventuallyGet(String url) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> new FromOutside(dataPlane.node()).get(url), answer -> true);
    }
}
