package dev.cytoplane.dataplane.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.testing.TestCells;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatewayAddressTest {

    private static final Exposure NODE_PORT = exposure(Exposure.Type.NODE_PORT, null);
    private static final Exposure LOAD_BALANCER = exposure(Exposure.Type.LOAD_BALANCER, null);
    private static final Cell PUBLIC =
            TestCells.cell("orders", 1, TestCells.service("orders").build());
    private static final Cell CALLED = TestCells.cell(
            "orders",
            1,
            TestCells.service("orders")
                    .endpoints(TestCells.endpoint(
                            "http",
                            Visibility.ORGANIZATION,
                            "/",
                            new Cell.Caller("shop.production.acme", "spiffe://test.local/acme/production/shop")))
                    .build());

    @Test
    void whatIsNotExposedHasNoAddressOutside() {
        assertThat(address(PUBLIC, Examples.SETTINGS)).isEqualTo(new GatewayAddress(List.of(), null, null));
        assertThat(address(CALLED, Examples.SETTINGS)).isEqualTo(new GatewayAddress(List.of(), null, null));
        assertThat(services(PUBLIC, Examples.SETTINGS))
                .extracting(Names::of)
                .containsExactly("cell-gateway-own", "cell-gateway");
    }

    @Test
    void aNodePortIsTheCellsHostWithThePortThatTheClusterGave() {
        ClusterSettings settings = Examples.exposed(NODE_PORT, Exposure.NONE);

        assertThat(address(PUBLIC, settings).missing()).contains("cell-gateway-public");
        assertThat(address(PUBLIC, settings).publicUrls()).isEmpty();
        assertThat(address(PUBLIC, settings, service("cell-gateway-public", "NodePort", "http", 30080, "https", 30443)))
                .isEqualTo(new GatewayAddress(
                        List.of(
                                "http://orders.production.acme.localhost:30080",
                                "https://orders.production.acme.localhost:30443"),
                        null,
                        null));
    }

    @Test
    void aLoadBalancerHasTheUsualPortsOnceItHasAnAddress() {
        ClusterSettings settings = Examples.exposed(LOAD_BALANCER, LOAD_BALANCER);
        Service waiting = service("cell-gateway-public", "LoadBalancer", "http", 30080, "https", 30443);

        assertThat(address(PUBLIC, settings, waiting).missing()).contains("cell-gateway-public");
        assertThat(address(PUBLIC, settings, balanced(waiting, "192.0.2.7")).publicUrls())
                .containsExactly("http://orders.production.acme.localhost", "https://orders.production.acme.localhost");
        assertThat(address(
                                CALLED,
                                settings,
                                balanced(
                                        service("cell-gateway-westbound", "LoadBalancer", "westbound", 31000),
                                        "lb.example"))
                        .westbound())
                .isEqualTo("lb.example:9443");
    }

    @Test
    void aServiceThatIsStillOfItsOldTypeIsNoAddressYet() {
        Service old = service("cell-gateway-public", "LoadBalancer", "http", 30080, "https", 30443);

        assertThat(address(PUBLIC, Examples.exposed(NODE_PORT, Exposure.NONE), old)
                        .missing())
                .isNotNull();
    }

    @Test
    void somethingBeforeTheServicesSaysWhereItIs() {
        ClusterSettings settings = Examples.exposed(
                Exposure.NONE,
                exposure(Exposure.Type.CLUSTER_IP, "{cell}.west.example:443"),
                new ClusterSettings.PublicUrl("https", 443));

        assertThat(address(PUBLIC, settings).publicUrls()).containsExactly("https://orders.production.acme.localhost");
        assertThat(address(CALLED, settings).westbound()).isEqualTo("orders.production.acme.west.example:443");
    }

    @Test
    void theNodesOfAWestboundNodePortAreWhereTheSettingsSay() {
        ClusterSettings settings =
                Examples.exposed(Exposure.NONE, exposure(Exposure.Type.NODE_PORT, "nodes.east.example"));

        assertThat(address(CALLED, settings, service("cell-gateway-westbound", "NodePort", "westbound", 31000)))
                .isEqualTo(new GatewayAddress(List.of(), "nodes.east.example:31000", null));
        assertThat(address(CALLED, settings).missing()).contains("cell-gateway-westbound");
    }

    @Test
    void anAddressOfIpv6KeepsItsBrackets() {
        assertThat(address(
                                CALLED,
                                Examples.exposed(Exposure.NONE, LOAD_BALANCER),
                                balanced(
                                        service("cell-gateway-westbound", "LoadBalancer", "westbound", 31000),
                                        "2001:db8::7"))
                        .westbound())
                .isEqualTo("[2001:db8::7]:9443");
        assertThat(address(
                                CALLED,
                                Examples.exposed(Exposure.NONE, exposure(Exposure.Type.NODE_PORT, "[2001:db8::1]")),
                                service("cell-gateway-westbound", "NodePort", "westbound", 31000))
                        .westbound())
                .isEqualTo("[2001:db8::1]:31000");
    }

    @Test
    void onlyWhatTheCellOffersIsExposed() {
        ClusterSettings settings = Examples.exposed(NODE_PORT, exposure(Exposure.Type.NODE_PORT, "nodes.east.example"));

        assertThat(services(PUBLIC, settings))
                .extracting(Names::of)
                .containsExactly("cell-gateway-own", "cell-gateway", "cell-gateway-public");
        assertThat(services(CALLED, settings))
                .extracting(Names::of)
                .containsExactly("cell-gateway-own", "cell-gateway", "cell-gateway-westbound");
        assertThat(services(CALLED, settings))
                .filteredOn(service -> Names.of(service).equals("cell-gateway-westbound"))
                .allSatisfy(service -> assertThat(service.getSpec().getPorts())
                        .allSatisfy(port -> assertThat(port.getTargetPort().getIntVal())
                                .isNotEqualTo(Ports.OUTBOUND)
                                .isNotEqualTo(Ports.MANAGEMENT)));
    }

    @Test
    void annotationsKnowTheCellsHost() {
        Exposure named = new Exposure(
                Exposure.Type.LOAD_BALANCER, Map.of("external-dns.alpha.kubernetes.io/hostname", "{host}"), null);

        assertThat(services(PUBLIC, Examples.exposed(named, Exposure.NONE)).getLast())
                .extracting(service -> service.getMetadata().getAnnotations())
                .isEqualTo(Map.of("external-dns.alpha.kubernetes.io/hostname", "orders.production.acme.localhost"));
    }

    private static final class Names {
        static String of(HasMetadata object) {
            return object.getMetadata().getName();
        }
    }

    private static Exposure exposure(Exposure.Type type, @Nullable String address) {
        return new Exposure(type, Map.of(), address);
    }

    private static List<Service> services(Cell cell, ClusterSettings settings) {
        return GatewayServices.of(cell, Examples.given(), settings);
    }

    private static GatewayAddress address(Cell cell, ClusterSettings settings, Service... there) {
        return GatewayAddress.of(
                cell,
                settings,
                name -> Arrays.stream(there)
                        .filter(service -> service.getMetadata().getName().equals(name))
                        .findFirst());
    }

    private static Service service(String name, String type, Object... portsAndNodePorts) {
        ServiceBuilder service = new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withType(type)
                .endSpec();
        for (int i = 0; i < portsAndNodePorts.length; i += 2) {
            String port = (String) portsAndNodePorts[i];
            service.editSpec()
                    .addNewPort()
                    .withName(port)
                    .withPort(port.equals("http") ? 80 : port.equals("https") ? 443 : 9443)
                    .withNodePort((Integer) portsAndNodePorts[i + 1])
                    .endPort()
                    .endSpec();
        }
        return service.build();
    }

    private static Service balanced(Service service, String address) {
        boolean name = !Character.isDigit(address.charAt(0));
        return new ServiceBuilder(service)
                .withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withHostname(name ? address : null)
                .withIp(name ? null : address)
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();
    }
}
