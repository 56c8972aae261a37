package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of cells: their versions' differences, and all of an organization together. */
class CellViewTests extends ShopOnADataPlane {

    @Test
    void whatChangedBetweenTwoVersionsIsToldWithoutSecrets() {
        String one = release("one");
        live("dev", one);
        put("configuration/dev", "\"0\"", "{\"values\": {\"COLOUR\": \"green\"}}");
        dataPlane.report(Shop.ready(nextCell()));
        owner.put(shop.path(api, "/secrets/dev/TOKEN"), "{\"value\": \"hush\"}");
        dataPlane.report(Shop.ready(nextCell()));
        String two = release("two");
        live("dev", two);

        Client.Answer all = owner.get(shop.path("/projects/store/cells/dev/diff?from=1&to=4"));

        assertThat(all.status()).as("%s", all).isEqualTo(200);
        assertThat(all.json().at("/changes").findValuesAsString("aspect"))
                .contains("RELEASE", "COMMAND", "SETTING", "SECRET");
        assertThat(all.response().body())
                .contains(one, two, "COLOUR", "green", "TOKEN")
                .doesNotContain("hush", "ciphertext");
        Client.Answer last = owner.get(shop.path("/projects/store/cells/dev/diff"));
        assertThat(last.json().at("/from").asLong()).isEqualTo(3);
        assertThat(last.json().at("/changes").findValuesAsString("aspect")).containsExactly("RELEASE", "COMMAND");
        assertThat(owner.get(shop.path("/projects/store/cells/dev/diff?from=9")).status())
                .isEqualTo(404);
    }

    @Test
    void theNewestVersionsAreKept() {
        live("dev", release("one"));
        for (int replicas = 2; replicas <= 20; replicas++) {
            scale(replicas);
            nextCell();
        }
        scale(1);
        nextCell();
        scale(2);
        nextCell();

        var versions = owner.get(shop.path("/projects/store/cells/dev/versions?limit=200"))
                .json()
                .at("/items");

        assertThat(versions).hasSize(20);
        assertThat(versions.get(0).at("/version").asLong()).isEqualTo(22);
        assertThat(owner.get(shop.path("/projects/store/cells/dev/diff?from=2&to=22"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theMapTellsHowEachCellIsAndWhatItMayCall() {
        live("dev", release("one"));
        ComponentScope web = shop.component("front", "web");
        deploy(web, "dev", release(web, "web", it -> calling(it, "store/api/http")));
        Cell front = nextCell();
        while (!front.metadata().project().equals("front")) {
            front = nextCell();
        }
        dataPlane.report(Shop.status(front, CellStatus.Phase.DEGRADED, "It does not answer."));

        var map = owner.get(shop.path("/cells?environment=dev")).json().at("/items");

        assertThat(map).hasSize(2);
        assertThat(map.get(0).at("/name").asString()).isEqualTo("front.dev." + shop.organization());
        assertThat(map.get(1).at("/name").asString()).isEqualTo("store.dev." + shop.organization());
        assertThat(map.get(0).at("/health").asString()).isEqualTo("UNHEALTHY");
        assertThat(map.get(0).at("/connections/0/project").asString()).isEqualTo("store");
        assertThat(map.get(0).at("/connections/0/endpoint").asString()).isEqualTo("api/http");
        assertThat(map.get(1).at("/ready").asInt()).isEqualTo(1);
        assertThat(owner.get(shop.path("/cells?environment=prod")).json().at("/items"))
                .isEmpty();
        assertThat(Client.of(port, "stranger").get(shop.path("/cells")).status())
                .isEqualTo(404);
    }

    private void scale(int replicas) {
        Client.Answer scaled = owner.post(
                shop.path(api, "/scalings"), "{\"environment\": \"dev\", \"replicas\": %d}".formatted(replicas));
        assertThat(scaled.status()).as("%s", scaled).isEqualTo(201);
    }

    private static Descriptor calling(Descriptor it, String endpoint) {
        return new Descriptor(
                it.apiVersion(),
                it.kind(),
                it.type(),
                it.build(),
                it.run(),
                it.endpoints(),
                List.of(new Descriptor.Connection("orders", endpoint, null, null)),
                it.configuration(),
                it.probes(),
                it.scale(),
                it.task());
    }
}
