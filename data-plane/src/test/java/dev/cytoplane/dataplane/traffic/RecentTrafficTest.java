package dev.cytoplane.dataplane.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.contracts.gateway.GatewayTraffic.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentTrafficTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant START = LONG_AGO.plusSeconds(86_400);
    /** 1 ms, 10 ms, 100 ms. */
    private static final List<Long> BOUNDS = List.of(1_000L, 10_000L, 100_000L);

    private @Nullable GatewayTraffic written;
    private final RecentTraffic traffic = new RecentTraffic(() -> Optional.ofNullable(written));

    @Test
    void tellsWhatHappenedInTheLastHalfMinuteOfALongLife() {
        assertThat(traffic.traffic()).isEmpty();
        write("p", LONG_AGO, 0, edge("r-1", 1_000, 10, 20));
        assertThat(traffic.traffic()).as("one count says nothing").isEmpty();

        for (int seconds = 5; seconds <= 60; seconds += 5) {
            write("p", LONG_AGO, seconds, edge("r-1", 1_000 + seconds, 10, 20));
            traffic.traffic();
        }

        CellTraffic cell = traffic.traffic().getFirst();
        assertThat(cell.from()).isEqualTo(START.plusSeconds(30));
        assertThat(cell.until()).isEqualTo(START.plusSeconds(60));
        assertThat(cell.edges()).hasSize(1);
        assertThat(cell.edges().getFirst().requests()).isEqualTo(30);
        assertThat(cell.edges().getFirst().serverErrors()).isZero();
    }

    @Test
    void aProcessThatHasJustBegunHadCountedNothing() {
        write("p", START, 5, edge("r-1", 7, 1, 2));

        CellTraffic cell = traffic.traffic().getFirst();

        assertThat(cell.from()).isEqualTo(START);
        assertThat(cell.edges().getFirst().requests()).isEqualTo(7);
        assertThat(cell.edges().getFirst().clientErrors()).isEqualTo(1);
        assertThat(cell.edges().getFirst().serverErrors()).isEqualTo(2);
    }

    @Test
    void anotherProcessBeginsAnew() {
        write("p", LONG_AGO, 0, edge("r-1", 1_000, 0, 0));
        traffic.traffic();
        write("q", START.plusSeconds(3), 5, edge("r-1", 4, 0, 0));

        assertThat(traffic.traffic().getFirst().edges().getFirst().requests()).isEqualTo(4);
    }

    @Test
    void theReleasesOfAnEndpointAreOneWayAndACountThatWentBackBeganAnew() {
        write("p", LONG_AGO, 0, edge("r-1", 100, 0, 0), edge("r-2", 50, 0, 0));
        traffic.traffic();
        write("p", LONG_AGO, 10, edge("r-1", 103, 0, 0), edge("r-2", 2, 0, 0), edge("r-3", 4, 0, 0));

        assertThat(traffic.traffic().getFirst().edges())
                .extracting(CellTraffic.Edge::requests)
                .containsExactly(3L + 2 + 4);
    }

    @Test
    void aCellWithoutRequestsIsToldOfWithoutEdges() {
        write("p", LONG_AGO, 0, edge("r-1", 100, 0, 0));
        traffic.traffic();
        write("p", LONG_AGO, 10, edge("r-1", 100, 0, 0));

        assertThat(traffic.traffic().getFirst().edges()).isEmpty();
    }

    @Test
    void severalProcessesOfAGatewayAreToldOfAsOne() {
        GatewayTraffic[] other = new GatewayTraffic[1];
        RecentTraffic second = new RecentTraffic(() -> Optional.ofNullable(other[0]));
        write("p", LONG_AGO, 0, edge("r-1", 100, 0, 0));
        other[0] = new GatewayTraffic(
                "q", START.plusSeconds(4), START.plusSeconds(5), BOUNDS, List.of(edge("r-1", 1, 0, 0)));
        RecentTraffic.together(List.of(second, traffic));
        write("p", LONG_AGO, 10, edge("r-1", 103, 0, 1));
        other[0] = new GatewayTraffic(
                "q", START.plusSeconds(4), START.plusSeconds(9), BOUNDS, List.of(edge("r-1", 2, 0, 1)));

        CellTraffic cell = RecentTraffic.together(List.of(second, traffic)).getFirst();

        assertThat(cell.from()).isEqualTo(START);
        assertThat(cell.until()).isEqualTo(START.plusSeconds(10));
        assertThat(cell.edges()).hasSize(1);
        assertThat(cell.edges().getFirst().requests()).isEqualTo(3 + 2);
        assertThat(cell.edges().getFirst().serverErrors()).isEqualTo(2);
    }

    @Test
    void percentilesLieBetweenTheBoundsOfTheirBucket() {
        long[] buckets = {50, 40, 10, 0};
        assertThat(TrafficFigures.percentile(buckets, BOUNDS, 0.5)).isEqualTo(1.0);
        assertThat(TrafficFigures.percentile(buckets, BOUNDS, 0.25)).isEqualTo(0.5);
        assertThat(TrafficFigures.percentile(buckets, BOUNDS, 0.7)).isEqualTo(5.5);
        assertThat(TrafficFigures.percentile(buckets, BOUNDS, 0.95)).isEqualTo(55.0);
        assertThat(TrafficFigures.percentile(new long[] {0, 0, 0, 3}, BOUNDS, 0.5))
                .as("beyond the last bound")
                .isEqualTo(100.0);
        assertThat(TrafficFigures.percentile(new long[] {0, 0, 1, 0}, BOUNDS, 0.5))
                .isEqualTo(55.0);
    }

    private void write(String process, Instant since, int seconds, GatewayTraffic.Edge... edges) {
        written = new GatewayTraffic(process, since, START.plusSeconds(seconds), BOUNDS, List.of(edges));
    }

    private static GatewayTraffic.Edge edge(String release, long requests, long clientErrors, long serverErrors) {
        return new GatewayTraffic.Edge(
                "shop.production.acme",
                Direction.PUBLIC,
                "web",
                "http",
                release,
                null,
                clientErrors,
                serverErrors,
                new ArrayList<>(List.of(requests, 0L, 0L, 0L)));
    }
}
