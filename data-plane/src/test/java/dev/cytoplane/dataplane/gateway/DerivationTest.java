package dev.cytoplane.dataplane.gateway;

import static dev.cytoplane.dataplane.testing.TestCells.cell;
import static dev.cytoplane.dataplane.testing.TestCells.endpoint;
import static dev.cytoplane.dataplane.testing.TestCells.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.CellGateway;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundTarget;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.PublicRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Upstream;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.WestboundRoute;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivationTest {

    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final String CALLER = "spiffe://test.local/acme/production/orders";
    private static final Derivation.Frame FRAME = new Derivation.Frame(
            new GatewayConfiguration.Entry("127.0.0.1", 8080, 8443), "roots.pem", null, "example.org");

    @ParameterizedTest
    @CsvSource({
        "HTTP, PUBLIC, true, true",
        "HTTP, ORGANIZATION, false, true",
        "HTTP, PROJECT, false, false",
        "GRPC, PUBLIC, true, true",
        "TCP, PUBLIC, false, false",
        "TCP, ORGANIZATION, false, false",
    })
    void anEndpointIsReachedFromWhereItsVisibilitySays(
            Protocol protocol, Visibility visibility, boolean fromThePublic, boolean fromOtherCells) {
        Cell.Endpoint endpoint = new Cell.Endpoint(
                "e", protocol, 8080, "/", visibility, "/e", null, List.of(new Cell.Caller("orders", CALLER)));
        CellGateway gateway = derive(offer(service("web").endpoints(endpoint).build()));

        assertThat(gateway.publicRoutes())
                .extracting(PublicRoute::path)
                .isEqualTo(fromThePublic ? List.of("/e") : List.of());
        assertThat(gateway.westboundRoutes())
                .extracting(WestboundRoute::path)
                .isEqualTo(fromOtherCells ? List.of("/e") : List.of());
    }

    @Test
    void onlyDeclaredCallersAreAdmitted() {
        CellGateway gateway = derive(offer(service("web")
                .endpoints(
                        endpoint("open", Visibility.PUBLIC, "/open"),
                        endpoint(
                                "called",
                                Visibility.ORGANIZATION,
                                "/called",
                                new Cell.Caller("z", "spiffe://z"),
                                new Cell.Caller("orders", CALLER)))
                .build()));
        assertThat(gateway.westboundRoutes())
                .extracting(WestboundRoute::callers)
                .containsExactly(
                        List.of(),
                        List.of("spiffe://z", CALLER).stream().sorted().toList());
    }

    @Test
    void callsGoToTheInstancesThatServeAndSayTheirRelease() {
        Cell.Component old = service("web").release("r-1", DIGEST).build();
        Cell wanted = cell("shop", 2, service("web").release("r-2", DIGEST).build());
        PublicRoute route = derive(new Offer(wanted, Map.of("web", serving(old, "127.0.0.1:2", "127.0.0.1:1"))))
                .publicRoutes()
                .getFirst();
        assertThat(route.release()).isEqualTo("r-1");
        assertThat(route.upstream()).isEqualTo(new Upstream("/", List.of("127.0.0.1:1", "127.0.0.1:2")));
    }

    @Test
    void anOldReleaseIsCalledUnderItsOwnBasePath() {
        Cell.Endpoint before =
                new Cell.Endpoint("http", Protocol.HTTP, 1, "/v1", Visibility.PUBLIC, "/", null, List.of());
        Cell.Endpoint after =
                new Cell.Endpoint("http", Protocol.HTTP, 1, "/v2", Visibility.PUBLIC, "/", null, List.of());
        Cell wanted = cell("shop", 2, service("web").endpoints(after).build());
        Cell.Component old = service("web").endpoints(before).build();
        assertThat(derive(new Offer(wanted, Map.of("web", serving(old, "127.0.0.1:1"))))
                        .publicRoutes()
                        .getFirst()
                        .upstream()
                        .basePath())
                .isEqualTo("/v1");
    }

    @Test
    void aRouteStandsBeforeAnInstanceDoes() {
        assertThat(derive(offer(service("web").build())).publicRoutes())
                .extracting(PublicRoute::upstream)
                .containsExactly(new Upstream("/", List.of()));
    }

    @Test
    void aConnectionInsideLeadsToTheInstancesOfTheCalledComponent() {
        Cell.Component api = service("api")
                .endpoints(endpoint("http", Visibility.PROJECT, "/api"))
                .build();
        Cell.Component web = service("web")
                .connections(
                        connection("api", new Cell.SameCell("api", "http"), null, null),
                        connection("gone", new Cell.SameCell("gone", "http"), null, null))
                .build();
        CellGateway gateway = derive(new Offer(cell("shop", 1, web, api), Map.of("api", serving(api, "127.0.0.1:1"))));
        assertThat(targets(gateway))
                .containsEntry("web/api", new OutboundTarget(new Upstream("/", List.of("127.0.0.1:1")), null, null))
                .containsEntry("web/gone", new OutboundTarget(new Upstream("/", List.of()), null, null));
    }

    @Test
    void aConnectionToACellHereLeadsToItsListenerAndToOneElsewhereAsTold() {
        Cell orders = cell("orders", 1, service("api").build());
        Cell.Component web = service("web")
                .connections(
                        connection("here", null, otherCell("orders", null), null),
                        connection("elsewhere", null, otherCell("stock", "10.0.0.7:9443"), null),
                        connection("unknown", null, otherCell("mail", null), null))
                .build();
        Map<String, OutboundTarget> targets =
                targets(derive(new Offer(cell("shop", 1, web), Map.of()), new Offer(orders, Map.of())));

        assertThat(other(targets, "web/here").address()).isEqualTo("127.0.0.1:100");
        assertThat(other(targets, "web/here").serverName()).isEqualTo("orders.production.acme.localhost");
        assertThat(other(targets, "web/here").identity()).isEqualTo("spiffe://test.local/acme/production/orders");
        assertThat(other(targets, "web/elsewhere").address()).isEqualTo("10.0.0.7:9443");
        assertThat(other(targets, "web/elsewhere").serverName()).isEqualTo("stock.production.acme.example.org");
        assertThat(other(targets, "web/unknown").address()).isNull();
    }

    @Test
    void aThirdPartyIsCalledAsDeclaredAndNothingElseIs() {
        Cell.Component web = service("web")
                .connections(connection("mail", null, null, new Cell.External("https://mail.example.org/v1")))
                .build();
        CellGateway gateway = derive(offer(web));
        assertThat(gateway.outboundRoutes()).hasSize(1);
        assertThat(targets(gateway))
                .containsEntry(
                        "web/mail",
                        new OutboundTarget(
                                null, null, new GatewayConfiguration.External("https://mail.example.org/v1")));
    }

    @Test
    void anOldReleaseThatServesKeepsTheConnectionsThatOnlyItHad() {
        Cell.Component old = service("web")
                .connections(connection("mail", null, null, new Cell.External("https://mail.example.org")))
                .build();
        CellGateway gateway =
                derive(new Offer(cell("shop", 2, service("web").build()), Map.of("web", serving(old, "127.0.0.1:1"))));
        assertThat(targets(gateway)).containsOnlyKeys("web/mail");
    }

    @Test
    void theOrderOfTheCellsChangesNothing() {
        Offer shop = new Offer(cell("shop", 1, service("web").build()), Map.of());
        Offer orders = new Offer(cell("orders", 1, service("api").build()), Map.of());
        assertThat(Derivation.derive(1, FRAME, inputs(shop, orders)))
                .isEqualTo(Derivation.derive(1, FRAME, inputs(orders, shop)));
    }

    private static Cell.Connection connection(
            String name,
            Cell.@Nullable SameCell same,
            Cell.@Nullable OtherCell other,
            Cell.@Nullable External external) {
        return new Cell.Connection(name, name.toUpperCase(java.util.Locale.ROOT) + "_URL", same, other, external);
    }

    private static Cell.OtherCell otherCell(String project, @Nullable String address) {
        return new Cell.OtherCell(
                project + ".production.acme",
                "spiffe://test.local/acme/production/" + project,
                "api",
                "http",
                "/",
                address);
    }

    private static GatewayConfiguration.OtherCell other(Map<String, OutboundTarget> targets, String connection) {
        return Objects.requireNonNull(
                Objects.requireNonNull(targets.get(connection)).otherCell());
    }

    private static Offer offer(Cell.Component component) {
        return new Offer(cell("shop", 1, component), Map.of());
    }

    private static Offer.Serving serving(Cell.Component component, String... addresses) {
        return new Offer.Serving(
                component,
                Arrays.stream(addresses)
                        .map(address -> new Offer.Target(address, Map.of("http", address)))
                        .toList());
    }

    /** The first cell's gateway. */
    private static CellGateway derive(Offer... offers) {
        String name = offers[0].cell().metadata().name();
        return Derivation.derive(1, FRAME, inputs(offers)).cells().stream()
                .filter(cell -> cell.cell().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Derivation.Input> inputs(Offer... offers) {
        return Arrays.stream(offers).map(DerivationTest::input).toList();
    }

    private static Derivation.Input input(Offer offer) {
        // Every connection that any release of a component had has its key.
        Map<String, String> keys = java.util.stream.Stream.concat(
                        offer.cell().spec().components().stream(),
                        offer.serving().values().stream().map(Offer.Serving::component))
                .flatMap(component -> component.connections().stream()
                        .map(connection -> Allocations.key(component.name(), connection.name())))
                .distinct()
                .collect(Collectors.toMap(Function.identity(), key -> "secret of " + key));
        int westbound = offer.cell().metadata().project().equals("orders") ? 100 : 200;
        return new Derivation.Input(offer, new Allocation(westbound, westbound + 1, keys), "cell.pem", "cell.key");
    }

    private static Map<String, OutboundTarget> targets(CellGateway gateway) {
        return gateway.outboundRoutes().stream()
                .collect(
                        Collectors.toMap(route -> route.component() + "/" + route.connection(), OutboundRoute::target));
    }
}
