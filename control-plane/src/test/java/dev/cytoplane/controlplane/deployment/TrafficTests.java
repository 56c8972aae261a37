package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.gateway.GatewayTraffic.Direction;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.TrafficReport;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.dataplane.link.TestDataPlane;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What data planes tell of their cells' traffic. */
class TrafficTests extends ShopOnADataPlane {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theLastReportIsToldOfEveryWayThatIsDeclared() {
        live("dev", offering());
        String path = shop.path("/projects/store/cells/dev/traffic");
        Client.Answer nothing = owner.get(path);
        assertThat(nothing.json().at("/until").isNull()).isTrue();
        assertThat(nothing.json().at("/edges")).hasSize(2);
        assertThat(nothing.json().at("/edges/0/p50Milliseconds").isNull()).isTrue();
        long version = owner.get(shop.path("/projects/store/cells/dev"))
                .json()
                .at("/version")
                .asLong();
        String audited = owner.get(shop.path("/audit/verification")).response().body();

        report(dataPlane, edge(Direction.PUBLIC, "http", null, 1));
        report(
                dataPlane,
                edge(Direction.PUBLIC, "http", null, 60),
                edge(Direction.WESTBOUND, "http", "spiffe://elsewhere/a/b/c", 5),
                edge(Direction.PUBLIC, "gone", null, 7));

        Client.Answer told = owner.get(path);
        assertThat(told.text("/until")).isEqualTo("2026-01-01T00:00:30Z");
        assertThat(told.json().at("/edges")).as("those of the document").hasSize(2);
        assertThat(told.text("/edges/0/direction")).isEqualTo("PUBLIC");
        assertThat(told.json().at("/edges/0/requests").asLong()).isEqualTo(60);
        assertThat(told.json().at("/edges/0/requestsPerSecond").asDouble()).isEqualTo(2.0);
        assertThat(told.json().at("/edges/0/serverErrors").asLong()).isEqualTo(2);
        assertThat(told.json().at("/edges/0/p95Milliseconds").asDouble()).isEqualTo(20.5);
        assertThat(told.text("/edges/1/name")).isEqualTo("weather");
        assertThat(told.json().at("/edges/1/requests").asLong()).isZero();
        assertThat(owner.get(shop.path("/projects/store/cells/dev"))
                        .json()
                        .at("/version")
                        .asLong())
                .as("no version by it")
                .isEqualTo(version);
        assertThat(owner.get(shop.path("/audit/verification")).response().body())
                .as("no entry of it")
                .isEqualTo(audited);
    }

    @Test
    void anotherDataPlaneSaysNothingOfThisCell() {
        live("dev", offering());
        TestDataPlane other = TestDataPlane.joined(admin, link, authority.trustBundle(), name + "-b");

        report(other, edge(Direction.PUBLIC, "http", null, 9));

        assertThat(owner.get(shop.path("/projects/store/cells/dev/traffic"))
                        .json()
                        .at("/edges/0/requests")
                        .asLong())
                .isZero();
        assertThat(Client.of(port, "stranger")
                        .get(shop.path("/projects/store/cells/dev/traffic"))
                        .status())
                .isEqualTo(404);
        assertThat(dataPlane
                        .send(
                                "PUT",
                                "/link/v1/traffic",
                                "{\"cells\": [{\"cell\": \"x\"}]}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
    }

    private void report(TestDataPlane sender, CellTraffic.Edge... edges) {
        TrafficReport report = new TrafficReport(List.of(
                new CellTraffic("store.dev." + shop.organization(), FROM, FROM.plusSeconds(30), List.of(edges))));
        assertThat(sender.send("PUT", "/link/v1/traffic", ContractJson.canonical(report))
                        .statusCode())
                .isEqualTo(204);
    }

    private static CellTraffic.Edge edge(
            Direction direction, String name, @org.jspecify.annotations.Nullable String caller, long requests) {
        return new CellTraffic.Edge(direction, "api", name, caller, requests, 1, 2, 10.5, 20.5);
    }

    private String offering() {
        return release(
                api,
                "one",
                it -> new Descriptor(
                        it.apiVersion(),
                        it.kind(),
                        it.type(),
                        it.build(),
                        it.run(),
                        List.of(new Descriptor.Endpoint("http", null, null, null, Visibility.PUBLIC, null, null, null)),
                        List.of(new Descriptor.Connection("weather", null, "https://api.example.com", null)),
                        it.configuration(),
                        it.probes(),
                        it.scale(),
                        it.task()));
    }
}
