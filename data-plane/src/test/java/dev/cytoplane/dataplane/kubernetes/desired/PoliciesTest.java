package dev.cytoplane.dataplane.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.testing.TestCells;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each policy as lines of "from whom: ports" and "to whom: ports"; what has no line is denied. */
class PoliciesTest {

    private static final Cell.Caller CALLER =
            new Cell.Caller("shop.production.acme", "spiffe://test.local/acme/production/shop");

    private static final Cell.Connection TO_SHOP = new Cell.Connection(
            "shop",
            "SHOP_URL",
            null,
            new Cell.OtherCell(
                    "shop.production.acme", "spiffe://test.local/acme/production/shop", "api", "http", "/", null),
            null);
    private static final Cell.Connection TO_MAIL =
            new Cell.Connection("mail", "MAIL_URL", null, null, new Cell.External("https://mail.example.com"));

    private static final String ENVIRONMENT = new Environment("acme", "production").namespace();
    private static final Gates SHARED = new Gates(
            false,
            true,
            Gates.Kind.ENVIRONMENT,
            Map.of("orders.production.acme", new Place(1, "part", 20_000, 20_001, null)),
            null);

    @Test
    void everyPodIsDeniedEverythingInBothDirections() {
        NetworkPolicy deny = policy(cell(TestCells.service("orders").build()), "default-deny");

        assertThat(deny.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(deny.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(in(deny)).isEmpty();
        assertThat(out(deny)).isEmpty();
    }

    @Test
    void everyPodMayAskTheClustersNameServersAndNoOther() {
        assertThat(out(policy(cell(TestCells.service("orders").build()), "names")))
                .containsExactly("kube-system/k8s-app=kube-dns: 53/UDP 53/TCP");
    }

    @Test
    void aComponentWithoutConnectionsReachesNothingAndOnlyTheGatewayReachesIt() {
        Cell cell = cell(TestCells.service("orders").build());

        assertThat(in(policy(cell, "component-orders"))).containsExactly("cell-gateway: 8080/TCP");
        assertThat(out(policy(cell, "component-orders"))).isEmpty();
    }

    @Test
    void anEndpointForTheProjectIsReachedByWhoDeclaredItOnly() {
        Cell cell = cell(
                TestCells.service("orders")
                        .connections(
                                new Cell.Connection("db", "DB_URL", new Cell.SameCell("database", "sql"), null, null))
                        .build(),
                TestCells.service("database")
                        .endpoints(TestCells.endpoint("sql", Visibility.PROJECT, "/"))
                        .build(),
                TestCells.service("other").build());

        assertThat(in(policy(cell, "component-database"))).containsExactly("orders: 8080/TCP");
        assertThat(out(policy(cell, "component-orders"))).containsExactly("database: 8080/TCP");
        assertThat(out(policy(cell, "component-other"))).isEmpty();
        assertThat(out(policy(cell, "gateway"))).doesNotContain("database: 8080/TCP");
    }

    @Test
    void aConnectionToAnotherCellGoesThroughBothGateways() {
        Cell cell = cell(TestCells.service("web")
                .connections(new Cell.Connection(
                        "orders",
                        "ORDERS_URL",
                        null,
                        new Cell.OtherCell(
                                "orders.production.acme",
                                "spiffe://test.local/acme/production/orders",
                                "orders",
                                "http",
                                "/orders",
                                null),
                        null))
                .build());

        assertThat(out(policy(cell, "component-web"))).containsExactly("cell-gateway: 9080/TCP");
        assertThat(in(policy(cell, "gateway"))).contains("web: 9080/TCP");
        assertThat(out(policy(cell, "gateway")))
                .contains(Names.namespace("orders.production.acme") + "/cell-gateway: 9443/TCP");
    }

    @Test
    void onlyACellWithDeclaredCallersOpensItsWestboundListener() {
        Cell closed = cell(TestCells.service("orders").build());
        Cell open = cell(TestCells.service("orders")
                .endpoints(TestCells.endpoint("http", Visibility.ORGANIZATION, "/", CALLER))
                .build());

        assertThat(in(policy(closed, "gateway"))).containsExactly("anywhere: 8080/TCP 8443/TCP");
        assertThat(in(policy(open, "gateway")))
                .containsExactly(Names.namespace("shop.production.acme") + "/cell-gateway: 9443/TCP");
    }

    @Test
    void whereCellsOfOtherDataPlanesComeInTheWestboundListenerIsOpenToEverybodyAndNothingElseIs() {
        Cell cell = cell(TestCells.service("orders")
                .endpoints(TestCells.endpoint("http", Visibility.ORGANIZATION, "/", CALLER))
                .build());
        ClusterSettings exposed =
                Examples.exposed(Exposure.NONE, new Exposure(Exposure.Type.LOAD_BALANCER, Map.of(), null));

        assertThat(in(policy(cell, "gateway", exposed))).containsExactly("anywhere: 9443/TCP");
        assertThat(in(policy(cell(TestCells.service("orders").build()), "gateway", exposed)))
                .containsExactly("anywhere: 8080/TCP 8443/TCP");
    }

    @Test
    void aThirdPartyIsReachedByTheGatewayOnlyAndIsNeverInTheCluster() {
        Cell cell = cell(TestCells.service("orders").connections(TO_MAIL).build());

        assertThat(out(policy(cell, "component-orders"))).containsExactly("cell-gateway: 9080/TCP");
        assertThat(out(policy(cell, "gateway")))
                .contains("0.0.0.0/0 but 10.210.0.0/16 10.96.0.0/16 169.254.0.0/16,::/0: 443/TCP");
    }

    @Test
    void withASharedGatewayAComponentReachesItsOwnCellsPortThereAndOnlyThatCallsIt() {
        Cell cell = cell(TestCells.service("web").connections(TO_MAIL).build());

        assertThat(out(policy(cell, "shared-gateway-web", SHARED)))
                .containsExactly(ENVIRONMENT + "/cell-gateway: 20001/TCP");
        assertThat(out(policy(cell, "component-web", SHARED))).isEmpty();
        assertThat(in(policy(cell, "component-web", SHARED))).containsExactly(ENVIRONMENT + "/cell-gateway: 8080/TCP");
        assertThat(Policies.of(cell, Examples.given(SHARED), Examples.SETTINGS))
                .extracting(policy -> policy.getMetadata().getName())
                .containsExactly("default-deny", "names", "component-web", "shared-gateway-web");
    }

    @Test
    void aSharedGatewayDoesForACellWhatItDeclaresAtItsPorts() {
        Cell cell = cell(TestCells.service("web")
                .endpoints(TestCells.endpoint("http", Visibility.ORGANIZATION, "/", CALLER))
                .connections(TO_MAIL)
                .build());
        String namespace = Names.namespace("orders.production.acme");

        NetworkPolicy policy = Policies.inEnvironment(cell, Examples.given(SHARED), Examples.SETTINGS)
                .orElseThrow();

        assertThat(policy.getMetadata().getNamespace()).isEqualTo(ENVIRONMENT);
        assertThat(policy.getMetadata().getOwnerReferences()).hasSize(1);
        assertThat(in(policy))
                .containsExactly(
                        Names.namespace("shop.production.acme") + "/cell-gateway: 20000/TCP",
                        namespace + "/web: 20001/TCP");
        assertThat(out(policy))
                .containsExactly(
                        namespace + "/web: 8080/TCP",
                        "0.0.0.0/0 but 10.210.0.0/16 10.96.0.0/16 169.254.0.0/16,::/0: 443/TCP");
    }

    @Test
    void beforeASharedGatewayHasGivenItPortsACellReachesNone() {
        Gates waiting = new Gates(false, true, Gates.Kind.ENVIRONMENT, Map.of(), null);
        Cell cell = cell(TestCells.service("web").connections(TO_MAIL).build());

        assertThat(Policies.of(cell, Examples.given(waiting), Examples.SETTINGS))
                .extracting(policy -> policy.getMetadata().getName())
                .containsExactly("default-deny", "names", "component-web");
        assertThat(out(policy(cell, "component-web", waiting))).isEmpty();
        assertThat(in(policy(cell, "component-web", waiting))).isEmpty();
        assertThat(Policies.inEnvironment(cell, Examples.given(waiting), Examples.SETTINGS))
                .isEmpty();
    }

    @Test
    void anOwnGatewayReachesASharedOneAtTheCalledCellsPortAndIsReachedByIt() {
        Gates gates = new Gates(
                true,
                false,
                Gates.Kind.OWN,
                Map.of("shop.production.acme", new Place(1, "part", 20_010, 20_011, null)),
                null);
        Cell cell = cell(TestCells.service("web")
                .endpoints(TestCells.endpoint("http", Visibility.ORGANIZATION, "/", CALLER))
                .connections(TO_SHOP)
                .build());

        assertThat(out(policy(cell, "gateway", gates))).contains(ENVIRONMENT + "/cell-gateway: 20010/TCP");
        assertThat(in(policy(cell, "gateway", gates)))
                .contains(Names.namespace("shop.production.acme") + "/cell-gateway," + ENVIRONMENT
                        + "/cell-gateway: 9443/TCP");
    }

    /** kube-router keeps whom a rule is for by its place, and changes that a moment before the ports. */
    @Test
    void noRuleOfAPolicyMovesWhileACellAndThoseThatItCallsChangeOver() {
        Cell cell = cell(
                TestCells.service("web")
                        .endpoints(TestCells.endpoint("http", Visibility.ORGANIZATION, "/", CALLER))
                        .connections(
                                new Cell.Connection("db", "DB_URL", new Cell.SameCell("database", "sql"), null, null),
                                TO_SHOP,
                                TO_MAIL)
                        .build(),
                TestCells.service("database")
                        .endpoints(TestCells.endpoint("sql", Visibility.PROJECT, "/"))
                        .build());
        Place its = new Place(1, "part", 20_000, 20_001, null);
        Place called = new Place(1, "part", 20_010, 20_011, null);
        List<Gates> way = List.of(
                Gates.OWN,
                new Gates(true, false, Gates.Kind.OWN, Map.of("shop.production.acme", called), null),
                new Gates(
                        true,
                        true,
                        Gates.Kind.OWN,
                        Map.of("shop.production.acme", called, "orders.production.acme", its),
                        null),
                new Gates(
                        false,
                        true,
                        Gates.Kind.ENVIRONMENT,
                        Map.of("shop.production.acme", called, "orders.production.acme", its),
                        null));

        for (int step = 1; step < way.size(); step++) {
            Map<String, NetworkPolicy> before = policies(cell, way.get(step - 1));
            Map<String, NetworkPolicy> after = policies(cell, way.get(step));
            before.keySet().retainAll(after.keySet());
            assertThat(before).hasSizeGreaterThanOrEqualTo(4);
            before.forEach((name, policy) -> {
                assertSamePlaces(in(policy), in(Objects.requireNonNull(after.get(name))));
                assertSamePlaces(out(policy), out(Objects.requireNonNull(after.get(name))));
            });
        }
    }

    /** Of the places that both have, the ports are the same. */
    private static void assertSamePlaces(List<String> before, List<String> after) {
        for (int place = 0; place < Math.min(before.size(), after.size()); place++) {
            assertThat(after.get(place).split(": ")[1])
                    .isEqualTo(before.get(place).split(": ")[1]);
        }
    }

    private static Map<String, NetworkPolicy> policies(Cell cell, Gates gates) {
        return Policies.of(cell, Examples.given(gates), Examples.SETTINGS).stream()
                .collect(Collectors.toMap(policy -> policy.getMetadata().getName(), policy -> policy));
    }

    private static Cell cell(Cell.Component... components) {
        return TestCells.cell("orders", 1, components);
    }

    private static NetworkPolicy policy(Cell cell, String name) {
        return policy(cell, name, Examples.SETTINGS);
    }

    private static NetworkPolicy policy(Cell cell, String name, Gates gates) {
        return policy(cell, name, Examples.SETTINGS, gates);
    }

    private static NetworkPolicy policy(Cell cell, String name, ClusterSettings settings) {
        return policy(cell, name, settings, Gates.OWN);
    }

    private static NetworkPolicy policy(Cell cell, String name, ClusterSettings settings, Gates gates) {
        return Policies.of(cell, Examples.given(gates), settings).stream()
                .filter(policy -> policy.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> in(NetworkPolicy policy) {
        return policy.getSpec().getIngress().stream()
                .map(rule -> line(rule.getFrom(), rule.getPorts()))
                .toList();
    }

    private static List<String> out(NetworkPolicy policy) {
        return policy.getSpec().getEgress().stream()
                .map(rule -> line(rule.getTo(), rule.getPorts()))
                .toList();
    }

    private static String line(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
        String whom = peers.isEmpty()
                ? "anywhere"
                : peers.stream().map(PoliciesTest::whom).collect(Collectors.joining(","));
        return whom + ": "
                + ports.stream()
                        .map(port -> port.getPort().getValue() + "/" + port.getProtocol())
                        .collect(Collectors.joining(" "));
    }

    private static String whom(NetworkPolicyPeer peer) {
        if (peer.getIpBlock() != null) {
            List<String> except = peer.getIpBlock().getExcept();
            return peer.getIpBlock().getCidr() + (except.isEmpty() ? "" : " but " + String.join(" ", except));
        }
        Map<String, String> labels = peer.getPodSelector().getMatchLabels();
        String pods = labels.getOrDefault(Labels.NAME, labels.toString().replaceAll("[{}]", ""));
        return peer.getNamespaceSelector() == null
                ? pods
                : peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name") + "/" + pods;
    }
}
