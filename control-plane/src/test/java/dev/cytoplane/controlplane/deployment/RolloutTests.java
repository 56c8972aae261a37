package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.api.Client;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A deployment from its request to what the data plane says of it. */
class RolloutTests extends ShopOnADataPlane {

    @Test
    void aReleaseReachesTheDataPlaneAndIsLiveWhenThatSaysSo() {
        String release = release("one");

        Client.Answer created = deploy("dev", release);
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        assertThat(created.text("/status")).isEqualTo("PENDING");
        Cell cell = nextCell();
        assertThat(cell.metadata().version()).isEqualTo(1);
        assertThat(cell.spec().components())
                .extracting(Cell.Component::name, Cell.Component::release)
                .containsExactly(tuple("api", release));

        dataPlane.report(Shop.status(cell, CellStatus.Phase.PROGRESSING, "It is starting."));
        assertThat(deployment(created).text("/status")).isEqualTo("PROGRESSING");
        assertThat(dataPlane.report(Shop.ready(cell)).statusCode()).isEqualTo(204);

        Client.Answer live = deployment(created);
        assertThat(live.text("/status")).isEqualTo("LIVE");
        assertThat(live.json().at("/urls").toString()).contains("store.dev." + shop.organization() + ".localhost");
        assertThat(live.json().at("/cellVersion").asLong()).isEqualTo(1);
        var endpoint = owner.get(shop.path("/endpoints?environment=dev")).json().at("/items/0");
        assertThat(endpoint.at("/health").asString()).isEqualTo("HEALTHY");
        assertThat(endpoint.at("/release").asString()).isEqualTo(release);
        assertThat(owner.get(shop.path(api, "/instances?environment=dev"))
                        .json()
                        .at("/items/0/pid")
                        .asLong())
                .isEqualTo(4711);
        assertThat(owner.get(shop.path("/projects/store/cells/dev")).text("/status/cell"))
                .isEqualTo(cell.metadata().name());
    }

    @Test
    void whatWasLiveStaysLiveUntilItsSuccessorIs() {
        Client.Answer one = live("dev", release("one"));
        Client.Answer two = deploy("dev", release("two"));
        Cell cell = nextCell();

        dataPlane.report(Shop.status(cell, CellStatus.Phase.FAILED, "It ends at once with code 1."));
        assertThat(deployment(two).text("/status")).isEqualTo("FAILED");
        assertThat(deployment(two).text("/message")).isEqualTo("It ends at once with code 1.");
        assertThat(deployment(one).text("/status")).isEqualTo("LIVE");

        dataPlane.report(Shop.ready(cell));
        assertThat(deployment(two).text("/status")).isEqualTo("LIVE");
        assertThat(deployment(one).text("/status")).isEqualTo("SUPERSEDED");
    }

    @Test
    void aReportOnAnOlderVersionDecidesNothing() {
        Client.Answer one = deploy("dev", release("one"));
        Cell first = nextCell();
        deploy("dev", release("two"));
        nextCell();
        Client.Answer again = deploy("dev", release("one"));
        nextCell();

        dataPlane.report(Shop.ready(first));

        assertThat(deployment(one).text("/status")).isEqualTo("SUPERSEDED");
        assertThat(deployment(again).text("/status")).isEqualTo("PENDING");
    }

    @Test
    void anUndeploymentIsOverWhenNothingRunsAnyMore() {
        Client.Answer live = live("dev", release("one"));
        Client.Answer removal = owner.post(shop.path(api, "/undeployments"), "{\"environment\": \"dev\"}");
        assertThat(removal.status()).as("%s", removal).isEqualTo(201);
        Cell empty = nextCell();
        assertThat(empty.spec().components()).isEmpty();

        dataPlane.report(Shop.ready(empty));

        assertThat(deployment(removal).text("/status")).isEqualTo("REMOVED");
        assertThat(deployment(live).text("/status")).isEqualTo("SUPERSEDED");
        assertThat(watch.next(LinkEvent.CellDeleted.class).cell())
                .isEqualTo(empty.metadata().name());
        assertThat(owner.post(shop.path(api, "/undeployments"), "{\"environment\": \"dev\"}")
                        .status())
                .isEqualTo(409);

        deploy("dev", release("two"));
        assertThat(nextCell().metadata().version()).as("versions go on").isEqualTo(3);
    }

    @Test
    void ofManyDeploymentsAtOnceOneIsDesiredAndTheHistoryIsWhole() {
        List<String> marks =
                IntStream.range(0, 8).mapToObj(i -> release("m" + i)).toList();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            marks.forEach(release -> pool.execute(() -> deploy("dev", release)));
        }

        var all =
                owner.get(shop.path(api, "/deployments?environment=dev")).json().at("/items");
        assertThat(all).hasSize(marks.size());
        List<String> states = all.findValuesAsString("status");
        assertThat(states.stream().filter(it -> it.equals("PENDING"))).hasSize(1);
        assertThat(states.stream().filter(it -> it.equals("SUPERSEDED"))).hasSize(marks.size() - 1);
        String desired = all.valueStream()
                .filter(it -> it.at("/status").asString().equals("PENDING"))
                .findFirst()
                .orElseThrow()
                .at("/release")
                .asString();
        await().untilAsserted(() -> assertThat(
                        owner.get(shop.path("/projects/store/cells/dev")).text("/document/spec/components/0/release"))
                .isEqualTo(desired));
    }

    @Test
    void aStreamOfADeploymentEndsWithItsFinalState() {
        Client.Answer created = deploy("dev", release("one"));
        dataPlane.report(Shop.ready(nextCell()));

        String events = owner.get(shop.path(api, "/deployments/" + created.text("/id") + "/events"))
                .response()
                .body();

        assertThat(events).contains("event:status").contains("\"status\":\"LIVE\"");
    }
}
