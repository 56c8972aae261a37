package dev.cytoplane.dataplane;

import static dev.cytoplane.dataplane.testing.TestCells.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.gateway.GatewayTraffic.Direction;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.testing.TestCells;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Endpoints are called for others through the real gateway, and what goes through it is told. */
class CallsAndTrafficTest extends WithAgent {

    @Test
    void anEndpointIsCalledThroughTheGatewayAndItsTrafficIsTold() {
        link.put(cell(
                "shop",
                1,
                release("web", 1)
                        .endpoints(
                                TestCells.endpoint("http", Visibility.PUBLIC, "/web"),
                                TestCells.endpoint("inner", Visibility.PROJECT, "/inner"))
                        .build()));
        awaitPhase(1, Phase.READY);

        EndpointCall.Answered answered = answered(call("http", "GET", "/environment?PORT", null));
        assertThat(answered.status()).isEqualTo(200);
        assertThat(text(answered)).matches("\\d+");
        assertThat(answered.complete()).isTrue();
        assertThat(answered.headers())
                .anySatisfy(header -> assertThat(header.name()).isEqualToIgnoringCase("content-length"));
        assertThat(answered(call("http", "POST", "/say?what=%7B{it}", "body")).status())
                .isEqualTo(200);

        assertThat(call("inner", "GET", "/", null)).isInstanceOf(EndpointCall.Unanswered.class);
        assertThat(call("none", "GET", "/", null)).isInstanceOf(EndpointCall.Unanswered.class);
        assertThat(call("http", "GET", "/%zz", null)).isInstanceOf(EndpointCall.Unanswered.class);

        await().atMost(PATIENCE).untilAsserted(() -> {
            CellTraffic told = link.traffic(CELL).orElseThrow(() -> new AssertionError("nothing told yet"));
            assertThat(told.edges()).singleElement().satisfies(edge -> {
                assertThat(edge.direction()).isEqualTo(Direction.PUBLIC);
                assertThat(edge.component()).isEqualTo("web");
                assertThat(edge.name()).isEqualTo("http");
                assertThat(edge.requests()).isEqualTo(2);
                assertThat(edge.serverErrors()).isZero();
                assertThat(edge.p95Millis()).isPositive();
            });
        });
    }

    private EndpointCall.Outcome call(String endpoint, String method, String path, @Nullable String body) {
        return link.call(new LinkEvent.CallWanted(
                UUID.randomUUID().toString(),
                CELL,
                "web",
                endpoint,
                new EndpointCall.Request(method, path, List.of(new EndpointCall.Header("X-Mark", "1")), body)));
    }

    private static EndpointCall.Answered answered(EndpointCall.Outcome outcome) {
        assertThat(outcome).isInstanceOf(EndpointCall.Answered.class);
        return (EndpointCall.Answered) outcome;
    }

    private static String text(EndpointCall.Answered answered) {
        return new String(Base64.getDecoder().decode(answered.body()), StandardCharsets.UTF_8);
    }
}
