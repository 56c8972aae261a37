package dev.cytoplane.dataplane;

import static dev.cytoplane.dataplane.testing.TestCells.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.testing.TestReceiver;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a data plane tells of itself, received over real OTLP. */
class TelemetryTest extends WithAgent {

    private static final String WEB = "cytoplane.cell=" + CELL + ",cytoplane.component=web";

    /** Closed after the agent, which sends what it has left. */
    @AutoClose
    private final TestReceiver receiver;

    TelemetryTest() throws IOException {
        receiver = new TestReceiver();
    }

    @Override
    void prepare() {
        settings = settings(receiver.endpoint());
    }

    @Test
    void metricsShowTheCellsTheirInstancesTheirRestartsAndTheLink() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        long pid =
                Objects.requireNonNull(component("web").instances().getFirst().pid());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(receiver.values("cytoplane.cell.count"))
                    .containsEntry("cytoplane.cell.state=ready", 1.0)
                    .containsEntry("cytoplane.cell.state=failed", 0.0);
            assertThat(receiver.values("cytoplane.instance.count"))
                    .containsEntry(WEB + ",cytoplane.instance.phase=ready", 1.0);
            assertThat(receiver.values("cytoplane.instance.restart.count")).containsEntry(WEB, 1.0);
            assertThat(receiver.values("cytoplane.instance.memory.usage").values())
                    .allSatisfy(bytes -> assertThat(bytes).isGreaterThan(1 << 20))
                    .hasSize(1);
            assertThat(receiver.values("cytoplane.link.connected")).containsEntry("", 1.0);
        });
        var durations = Objects.requireNonNull(receiver.metrics().get("cytoplane.cell.reconcile.duration"));
        assertThat(durations.getUnit()).isEqualTo("s");
        assertThat(durations.getHistogram().getDataPoints(0).getCount()).isGreaterThan(1);
        assertThat(receiver.resource())
                .containsEntry("service.name", "data-plane")
                .containsEntry("service.namespace", "cytoplane")
                .containsEntry("service.instance.id", "local");

        link.down();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(receiver.values("cytoplane.link.connected")).containsEntry("", 0.0));
    }

    @Test
    void theLogIsSentToo() {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        link.delete(CELL);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receiver.logs()).contains("The cell " + CELL + " is removed"));
    }
}
