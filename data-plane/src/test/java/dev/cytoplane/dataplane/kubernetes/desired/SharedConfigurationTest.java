package dev.cytoplane.dataplane.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.dataplane.testing.TestCells;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The gateway of an environment, from the parts of its cells. */
class SharedConfigurationTest {

    private static final Environment PRODUCTION = new Environment("acme", "production");
    private static final Gates SHARED = new Gates(false, true, Gates.Kind.ENVIRONMENT, Map.of(), null);

    @Test
    void eachCellHasPortsOfItsOwnAndKeepsThem() {
        Secret first = shared(Optional.empty(), part("orders"), part("shop"));
        Map<String, Place> places = SharedGateway.places(first);
        assertThat(places.values().stream()
                        .flatMap(place -> List.of(place.westboundPort(), place.outboundPort()).stream()))
                .hasSize(4)
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 32_767));

        Secret second = shared(Optional.of(first), part("another"), part("shop"));

        assertThat(SharedGateway.places(second).get(name("shop"))).isEqualTo(places.get(name("shop")));
        assertThat(SharedGateway.places(second)).containsOnlyKeys(name("another"), name("shop"));
    }

    @Test
    void theGenerationGrowsWithAnyPartAndACellsPlaceSaysSinceWhenItsOwnIsAsItIs() {
        Secret first = shared(Optional.empty(), part("orders"), part("shop"));
        Secret same = shared(Optional.of(first), part("shop"), part("orders"));
        assertThat(same).isEqualTo(first);

        Secret next = shared(Optional.of(first), part("orders"), part("shop", "/new"));

        assertThat(configuration(next).generation()).isEqualTo(2);
        assertThat(place(next, "orders").generation()).isEqualTo(1);
        assertThat(place(next, "shop").generation()).isEqualTo(2);
        assertThat(place(next, "shop").part()).isEqualTo(SharedGateway.address(part("shop", "/new")));
    }

    @Test
    void cellsThatItServesCallEachOtherByLoopbackAndOthersByTheirAddress() {
        Cell caller = TestCells.cell(
                "shop", 1, TestCells.service("web").connections(to("orders")).build());
        Secret alone = shared(Optional.empty(), secret(caller));
        assertThat(called(alone)).isEqualTo(GatewayAddress.inside(name("orders"), Examples.SETTINGS));

        Secret both = shared(Optional.of(alone), secret(caller), part("orders"));

        assertThat(called(both)).isEqualTo("127.0.0.1:" + place(both, "orders").westboundPort());
    }

    @Test
    void aPartForWhichThereIsNoRoomIsLeftOutAndSaysSo() {
        Secret first = shared(Optional.empty(), part("shop"));
        Secret large = part("large");
        large.getData().put("cell.pem", "A".repeat(1_300_000));

        Secret both = shared(Optional.of(first), large, part("shop"));

        assertThat(configuration(both).cells())
                .extracting(GatewayConfiguration.CellGateway::cell)
                .containsExactly(name("shop"));
        assertThat(place(both, "large").reason()).contains("no room");
        assertThat(both.getData().values().stream().mapToLong(String::length).sum())
                .isLessThan(1_048_576);
    }

    @Test
    void oneFrontDoorIsExposedForAllThatIsPublic() {
        ClusterSettings exposed = Examples.exposed(
                new Exposure(Exposure.Type.LOAD_BALANCER, Map.of("dns", "{host}"), null), Exposure.NONE);

        List<HasMetadata> objects = SharedGateway.of(
                        PRODUCTION, List.of(part("shop"), part("orders")), Optional.empty(), "roots", exposed)
                .all();

        assertThat(objects)
                .filteredOn(Service.class::isInstance)
                .singleElement()
                .satisfies(service -> assertThat(service.getMetadata().getAnnotations())
                        .containsEntry(
                                "dns",
                                TestCells.cell("orders", 1).spec().host() + ","
                                        + TestCells.cell("shop", 1).spec().host()));
        assertThat(objects)
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isEqualTo(PRODUCTION.namespace()));
    }

    private static Cell.Connection to(String project) {
        return new Cell.Connection(
                "orders",
                "ORDERS_URL",
                null,
                new Cell.OtherCell(
                        name(project), "spiffe://test.local/acme/production/" + project, "api", "http", "/", null),
                null);
    }

    private static Place place(Secret shared, String project) {
        return Objects.requireNonNull(SharedGateway.places(shared).get(name(project)));
    }

    private static String called(Secret shared) {
        return configuration(shared).cells().stream()
                .flatMap(cell -> cell.outboundRoutes().stream())
                .map(route -> Objects.requireNonNull(route.target().otherCell()).address())
                .findFirst()
                .orElseThrow();
    }

    private static String name(String project) {
        return project + ".production.acme";
    }

    private static Secret part(String project) {
        return part(project, "/");
    }

    private static Secret part(String project, String path) {
        return secret(TestCells.cell(
                project,
                1,
                TestCells.service("web")
                        .endpoints(TestCells.endpoint("http", Visibility.PUBLIC, path))
                        .build()));
    }

    private static Secret secret(Cell cell) {
        return GatewayFiles.secret(cell, Examples.given(SHARED), Examples.SETTINGS);
    }

    private static Secret shared(Optional<Secret> before, Secret... parts) {
        return SharedGateway.of(PRODUCTION, Arrays.asList(parts), before, "roots", Examples.SETTINGS).all().stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .filter(secret -> secret.getMetadata().getName().equals(Names.GATEWAY_CONFIGURATION))
                .findFirst()
                .orElseThrow();
    }

    private static GatewayConfiguration configuration(Secret secret) {
        return SharedGateway.configuration(secret).orElseThrow();
    }
}
