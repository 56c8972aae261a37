package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.testcluster.WithKubernetes;
import org.junit.jupiter.api.Test;

/** The chart's data plane, told that the cells of an environment share a gateway, with the chart's rights and no others. */
@WithKubernetes
class SharedGatewayChartTest extends Chart {

    @Override
    String sharing() {
        return "environment";
    }

    @Override
    String gateways(String cell) {
        return new Environment("acme", "production").namespace();
    }

    @Test
    void whatIsRefusedOfOneCellIsToldOfNoOther() {
        String neighbour = bring(cluster.unique(), "one");
        String project = cluster.unique();
        String cell = bring(project, "one");

        link.put(ExampleCells.version(
                ExampleCells.cell(
                        project,
                        ExampleCells.component("web", TestPlane.artifact(link, "one"))
                                .build(),
                        ExampleCells.component("twin", TestPlane.artifact(link, "one"))
                                .build()),
                2));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(configured(cell)).isEqualTo(CellStatus.State.FALSE));
        assertThat(configured(neighbour)).isEqualTo(CellStatus.State.TRUE);
        link.put(ExampleCells.release(project, 3, TestPlane.artifact(link, "one")));
        ready(cell, 3);
        link.delete(cell);
        link.delete(neighbour);
    }

    private CellStatus.State configured(String cell) {
        return link.status(cell).orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals("GatewayConfigured"))
                .findFirst()
                .orElseThrow()
                .status();
    }
}
