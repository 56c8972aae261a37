package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a release asks of its environment: connections, paths, names, sizes. */
class DescriptorTests extends ShopOnADataPlane {

    @Test
    void aConnectionIsPendingUntilItsTargetIsThereAndAdmitsItsCallerThen() {
        ComponentScope orders = shop.component("orders", "service");
        deploy("dev", release(api, "one", descriptor(null, List.of(connection("orders/service/http")))));
        Cell.OtherCell pending = nextCell()
                .spec()
                .components()
                .getFirst()
                .connections()
                .getFirst()
                .otherCell();
        assertThat(pending).extracting(Cell.OtherCell::path).isEqualTo("/service");

        String offering =
                release(orders, "two", descriptor(List.of(endpoint("http", Visibility.ORGANIZATION, "/v2")), null));
        assertThat(deploy(orders, "dev", offering).status()).isEqualTo(201);

        Cell target = nextCell();
        assertThat(target.metadata().project()).isEqualTo("orders");
        assertThat(target.spec().components().getFirst().endpoints().getFirst().callers())
                .extracting(Cell.Caller::cell)
                .containsExactly("store.dev." + shop.organization());
        Cell caller = nextCell();
        assertThat(caller.metadata().project()).isEqualTo("store");
        assertThat(caller.spec()
                        .components()
                        .getFirst()
                        .connections()
                        .getFirst()
                        .otherCell())
                .extracting(Cell.OtherCell::path)
                .isEqualTo("/v2");
    }

    @Test
    void refusesWhatDoesNotFitTheEnvironmentAndNamesTheField() {
        ComponentScope orders = shop.component("orders", "service");
        deploy(
                orders,
                "dev",
                release(orders, "a", descriptor(List.of(endpoint("http", Visibility.PROJECT, null)), null)));
        ComponentScope second = shop.component("store", "second");
        deploy(
                second,
                "dev",
                release(second, "b", descriptor(List.of(endpoint("http", Visibility.PUBLIC, "/taken")), null)));

        assertRefused(descriptor(null, List.of(connection("orders/service/http"))), "connections[0].endpoint");
        assertRefused(descriptor(null, List.of(connection("orders/service/none"))), "connections[0].endpoint");
        assertRefused(descriptor(null, List.of(connection("nowhere/at/all"))), "connections[0].endpoint");
        assertRefused(descriptor(null, List.of(connection("nonsense"))), "connections");
        assertRefused(
                descriptor(
                        List.of(
                                endpoint("one", Visibility.PROJECT, "/taken"),
                                endpoint("two", Visibility.PUBLIC, "/taken/")),
                        null),
                "endpoints[1].path");
        assertRefused(
                d -> new Descriptor(
                        d.apiVersion(),
                        d.kind(),
                        null,
                        null,
                        d.run(),
                        null,
                        null,
                        List.of(new Descriptor.Setting("DATABASE_URL", null, true, null, null)),
                        null,
                        null,
                        null),
                "configuration[0].name");
        assertRefused(
                d -> new Descriptor(
                        d.apiVersion(),
                        d.kind(),
                        null,
                        null,
                        d.run(),
                        null,
                        null,
                        null,
                        null,
                        new Descriptor.Scale(1, "much", null),
                        null),
                "scale.memory");
    }

    private void assertRefused(UnaryOperator<Descriptor> change, String field) {
        String release = release(api, "r" + UUID.randomUUID().toString().substring(0, 6), change);
        Client.Answer refused = deploy("dev", release);
        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(field);
    }

    private static UnaryOperator<Descriptor> descriptor(
            @Nullable List<Descriptor.Endpoint> endpoints, @Nullable List<Descriptor.Connection> connections) {
        return d -> new Descriptor(
                d.apiVersion(), d.kind(), null, null, d.run(), endpoints, connections, null, null, null, null);
    }

    private static Descriptor.Endpoint endpoint(String name, Visibility visibility, @Nullable String path) {
        return new Descriptor.Endpoint(name, null, null, null, visibility, path, null, null);
    }

    private static Descriptor.Connection connection(String target) {
        return new Descriptor.Connection("other", target, null, null);
    }
}
