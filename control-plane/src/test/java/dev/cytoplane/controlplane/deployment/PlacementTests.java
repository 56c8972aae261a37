package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.dataplane.link.TestDataPlane;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two cells of one environment on two data planes, and what each of them is told of the other. */
class PlacementTests extends ShopOnADataPlane {

    private TestDataPlane east;
    private TestDataPlane.Watch eastWatch;
    private ComponentScope orders;

    @BeforeEach
    void anotherDataPlane() {
        east = TestDataPlane.joined(admin, link, authority.trustBundle(), name + "-east");
        eastWatch = east.watch(null);
        orders = shop.component("orders", "api");
    }

    @AfterEach
    void leave() {
        eastWatch.close();
    }

    @Test
    void aCallerIsToldTheAddressThatTheOtherDataPlaneAdvertises() {
        assertThat(place("orders", "dev", name + "-east").text("/dataPlane")).isEqualTo(name + "-east");
        deploy(orders, "dev", release(orders, "one", PlacementTests::offered));
        Cell called = eastWatch.nextCell(cell -> true);
        assertThat(called.metadata().project()).isEqualTo("orders");
        deploy(api, "dev", release(api, "two", PlacementTests::calling));

        assertThat(address(watch.nextCell(cell -> true)))
                .as("before anything was told")
                .isEmpty();
        Cell admitting = eastWatch.nextCell(cell -> callers(cell).contains("store.dev." + shop.organization()));
        assertThat(admitting.metadata().name()).isEqualTo(called.metadata().name());

        east.report(at(Shop.ready(admitting), "nodes.east.example:31234"));
        Cell told = watch.nextCell(cell -> address(cell).isPresent());
        assertThat(address(told)).contains("nodes.east.example:31234");

        east.report(at(Shop.ready(admitting), "nodes.east.example:31999"));
        assertThat(address(watch.nextCell(cell -> !address(cell).equals(Optional.of("nodes.east.example:31234")))))
                .contains("nodes.east.example:31999");
    }

    @Test
    void cellsOfOneDataPlaneAreNotToldEachOthersAddresses() {
        deploy(orders, "dev", release(orders, "one", PlacementTests::offered));
        Cell called = watch.nextCell(cell -> true);
        dataPlane.report(at(Shop.ready(called), "127.0.0.1:9443"));
        deploy(api, "dev", release(api, "two", PlacementTests::calling));

        assertThat(address(watch.nextCell(cell -> cell.metadata().project().equals("store"))))
                .isEmpty();
    }

    @Test
    void aCellStaysWhereItBegan() {
        deploy(orders, "dev", release(orders, "one", PlacementTests::offered));
        watch.nextCell(cell -> true);

        assertThat(place("orders", "dev", name + "-east").status()).isEqualTo(409);
        assertThat(place("orders", "test", name + "-east").status()).isEqualTo(200);
        assertThat(owner.get(shop.path("/projects/orders/placements")).text("/items/0/environment"))
                .isEqualTo("test");
        assertThat(admin.delete("/api/v1/data-planes/" + name + "-east").status())
                .as("a cell may come to it")
                .isEqualTo(409);
        assertThat(owner.delete(shop.path("/projects/orders/placements/test")).status())
                .isEqualTo(204);
        assertThat(owner.get(shop.path("/projects/orders/placements/test")).status())
                .isEqualTo(404);
        assertThat(admin.delete("/api/v1/data-planes/" + name + "-east").status())
                .isEqualTo(204);
    }

    @Test
    void onlyWhatThereIsCanBePlacedAndOnlyByWhoManagesTheOrganization() {
        assertThat(place("orders", "dev", "nowhere").status()).isEqualTo(400);
        assertThat(place("orders", "nowhere", name + "-east").status()).isEqualTo(404);
        Client stranger = Client.of(port, "mallory");
        assertThat(stranger.put(shop.path("/projects/orders/placements/dev"), "{\"dataPlane\": \"" + name + "\"}")
                        .status())
                .isEqualTo(404);
    }

    private Client.Answer place(String project, String environment, String where) {
        return owner.put(
                shop.path("/projects/" + project + "/placements/" + environment),
                "{\"dataPlane\": \"%s\"}".formatted(where));
    }

    private static Descriptor offered(Descriptor plain) {
        return with(
                plain,
                List.of(new Descriptor.Endpoint(
                        "http", Protocol.HTTP, 8080, null, Visibility.ORGANIZATION, "/api", null, null)),
                List.of());
    }

    private static Descriptor calling(Descriptor plain) {
        return with(plain, List.of(), List.of(new Descriptor.Connection("orders", "orders/api/http", null, null)));
    }

    private static Descriptor with(
            Descriptor plain, List<Descriptor.Endpoint> endpoints, List<Descriptor.Connection> connections) {
        return new Descriptor(
                plain.apiVersion(),
                plain.kind(),
                plain.type(),
                plain.build(),
                plain.run(),
                endpoints,
                connections,
                plain.configuration(),
                plain.probes(),
                plain.scale(),
                plain.task());
    }

    private static CellStatus at(CellStatus status, String address) {
        return new CellStatus(
                status.cell(), status.observedVersion(), status.conditions(), status.components(), address);
    }

    /** Where the caller is told to call. */
    private static Optional<String> address(Cell cell) {
        return cell.spec().components().stream()
                .flatMap(component -> component.connections().stream())
                .flatMap(connection -> Optional.ofNullable(connection.otherCell()).stream())
                .flatMap(other -> Optional.ofNullable(other.address()).stream())
                .findFirst();
    }

    private static List<String> callers(Cell cell) {
        return cell.spec().components().stream()
                .flatMap(component -> component.endpoints().stream())
                .flatMap(endpoint -> endpoint.callers().stream())
                .map(Cell.Caller::cell)
                .toList();
    }
}
