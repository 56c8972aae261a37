package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ExposureSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ServiceType;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.dataplane.testing.TlsConnection;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that are reached from outside the cluster: this machine is outside. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class ExposureOnKubernetesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Cluster cluster;
    private TestLink link;
    private AgentOnKubernetes dataPlane;
    private Cell.Artifact artifact;
    private String outsider;

    @BeforeAll
    void aDataPlane(Cluster given, @TempDir Path work) throws IOException {
        cluster = given;
        link = new TestLink(Clock.systemUTC());
        dataPlane = new AgentOnKubernetes(cluster, work, link);
        artifact = TestPlane.artifact(link, "one");
        outsider = dataPlane.plane().outsider();
    }

    @AfterAll
    void nothingIsLeft() {
        dataPlane.close();
        link.close();
    }

    @Test
    void theUrlsThatAreToldLeadFromOutsideThroughNodePorts() throws Exception {
        String node = dataPlane.node().getHostAddress();
        dataPlane.start(
                new ExposureSettings(ServiceType.NODE_PORT, List.of(), null),
                new ExposureSettings(ServiceType.NODE_PORT, List.of(), node));
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(withCaller(project));

        CellStatus status = dataPlane.ready(cell, 1);

        List<String> urls = urls(status);
        String host = ExampleCells.host(cell);
        assertThat(urls).hasSize(2);
        assertThat(urls.getFirst()).matches("http://" + host + ":3[0-9]{4}/web");
        assertThat(urls.getLast()).matches("https://" + host + ":3[0-9]{4}/web");
        assertThat(eventuallyGet(urls.getFirst())).isEqualTo("one");
        URI secure = URI.create(urls.getLast());
        try (TlsConnection connection =
                TlsConnection.open(link.trusting(), dataPlane.node(), secure.getPort(), secure.getHost())) {
            assertThat(connection.get(secure.getPath())).isEqualTo("one");
        }
        assertThat(status.westboundAddress()).matches(node + ":3[0-9]{4}");
        assertThat(FromOutside.opens(Objects.requireNonNull(status.westboundAddress())))
                .isTrue();
        nothingElseIsLetIn(cell);
        link.delete(cell);
        gone(cell);
    }

    /** From another pod as from outside: what is not meant for them is closed, whichever way they come. */
    private void nothingElseIsLetIn(String cell) {
        String pod = dataPlane
                .plane()
                .client()
                .pods()
                .inNamespace(Names.namespace(cell))
                .withLabel("cytoplane.dev/role", "gateway")
                .list()
                .getItems()
                .getFirst()
                .getStatus()
                .getPodIP();
        assertThat(dataPlane.plane().from(outsider, "dial", pod + ":8080"))
                .as("its front door is open to everybody")
                .contains("connected");
        assertThat(dataPlane.plane().from(outsider, "dial", pod + ":9080"))
                .as("its door for the cell's own components")
                .contains("refused");
        assertThat(dataPlane.plane().from(outsider, "dial", pod + ":9090"))
                .as("its management")
                .contains("refused");
        assertThat(exposed(cell))
                .flatExtracting(service -> service.getSpec().getPorts())
                .extracting(port -> port.getTargetPort().getIntVal())
                .containsExactlyInAnyOrder(8080, 8443, 9443);
    }

    @Test
    void aCellThatOffersNothingToThePublicHasNoFrontDoorAndOneThatNobodyCallsNoWestbound() {
        dataPlane.start(
                new ExposureSettings(ServiceType.NODE_PORT, List.of(), null),
                new ExposureSettings(ServiceType.NODE_PORT, List.of(), "nodes.example"));
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.cell(
                project,
                ExampleCells.component("web", artifact)
                        .endpoints(TestCells.endpoint("http", Visibility.ORGANIZATION, "/"))
                        .build()));

        CellStatus status = dataPlane.ready(cell, 1);

        assertThat(status.westboundAddress()).isNull();
        assertThat(exposed(cell)).isEmpty();
        assertThat(dataPlane.plane().from(outsider, "dial", ExampleCells.host(cell) + ":80"))
                .contains("refused");
        assertThat(dataPlane.plane().from(outsider, "dial", ExampleCells.host(cell) + ":9443"))
                .contains("refused");
        link.delete(cell);
        gone(cell);
    }

    @Test
    void behindLoadBalancersACellIsReadyWhenTheyHaveGivenItsAddresses() throws Exception {
        dataPlane.start(ExposureSettings.INSIDE, ExposureSettings.INSIDE);
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(withCaller(project));
        dataPlane.until(cell, status -> {
            assertThat(status.components()).isNotEmpty();
            assertThat(urls(status)).isEmpty();
        });

        // A data plane that is told otherwise changes what there is.
        dataPlane.start(
                new ExposureSettings(
                        ServiceType.LOAD_BALANCER, List.of("external-dns.alpha.kubernetes.io/hostname={host}"), null),
                new ExposureSettings(ServiceType.LOAD_BALANCER, List.of(), null));
        dataPlane.until(
                cell,
                status -> assertThat(status.conditions())
                        .anySatisfy(condition -> assertThat(condition.message())
                                .contains("no address yet")
                                .contains(Names.FRONT_DOOR)));
        // There is no cloud here: its part is the address in the Service's status.
        String node = dataPlane.node().getHostAddress();
        give(cell, Names.FRONT_DOOR, node);
        give(cell, Names.WESTBOUND, node);

        CellStatus status = dataPlane.ready(cell, 1);

        String host = ExampleCells.host(cell);
        assertThat(urls(status)).containsExactly("http://" + host + "/web", "https://" + host + "/web");
        assertThat(status.westboundAddress()).isEqualTo(node + ":9443");
        assertThat(eventuallyGet(urls(status).getFirst())).isEqualTo("one");
        assertThat(FromOutside.opens(node + ":9443")).isTrue();
        assertThat(services(cell))
                .filteredOn(service -> service.getMetadata().getName().equals(Names.FRONT_DOOR))
                .singleElement()
                .satisfies(service -> assertThat(service.getMetadata().getAnnotations())
                        .containsEntry("external-dns.alpha.kubernetes.io/hostname", host));

        // And back.
        dataPlane.start(ExposureSettings.INSIDE, ExposureSettings.INSIDE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(exposed(cell)).isEmpty());
        dataPlane.until(cell, now -> {
            assertThat(urls(now)).isEmpty();
            assertThat(now.westboundAddress()).isNull();
        });
        link.delete(cell);
        gone(cell);
    }

    private Cell withCaller(String project) {
        return ExampleCells.cell(
                project,
                ExampleCells.component("web", artifact)
                        .endpoints(TestCells.endpoint(
                                "http",
                                Visibility.PUBLIC,
                                "/web",
                                new Cell.Caller("shop.production.acme", "spiffe://test.local/acme/production/shop")))
                        .build());
    }

    private void give(String cell, String service, String address) {
        dataPlane
                .plane()
                .client()
                .services()
                .inNamespace(Names.namespace(cell))
                .withName(service)
                .editStatus(found -> new ServiceBuilder(found)
                        .withNewStatus()
                        .withNewLoadBalancer()
                        .addNewIngress()
                        .withIp(address)
                        .endIngress()
                        .endLoadBalancer()
                        .endStatus()
                        .build());
    }

    private List<Service> exposed(String cell) {
        Set<String> inside = Set.of("ClusterIP", "ExternalName");
        return services(cell).stream()
                .filter(service -> !inside.contains(service.getSpec().getType()))
                .toList();
    }

    private static List<String> urls(CellStatus status) {
        return status.components().stream()
                .flatMap(component -> component.endpoints().stream())
                .flatMap(endpoint -> endpoint.urls().stream())
                .toList();
    }

    private List<Service> services(String cell) {
        return dataPlane
                .plane()
                .client()
                .services()
                .inNamespace(Names.namespace(cell))
                .list()
                .getItems();
    }

    private void gone(String cell) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dataPlane
                                .plane()
                                .client()
                                .namespaces()
                                .withName(Names.namespace(cell))
                                .get())
                        .isNull());
    }

    /** A gateway that has just started may be slow to its first calls on a busy machine. */
    private String eventuallyGet(String url) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> new FromOutside(dataPlane.node()).get(url), answer -> true);
    }
}
