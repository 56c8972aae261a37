package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.controlplane.api.Client;
import org.junit.jupiter.api.Test;

/** A deployment that nobody brings to an end ends by itself, and says why. */
class DeadlineTests extends ShopOnADataPlane {

    @Test
    void whatNoDataPlaneTookUpFailsAndAsksWhetherItIsConnected() {
        Client.Answer one = deploy("dev", release("one"));
        deadlines.enforce();
        assertThat(deployment(one).text("/status")).as("before its time").isEqualTo("PENDING");

        passTheDeadline();

        assertThat(deployment(one).text("/status")).isEqualTo("FAILED");
        assertThat(deployment(one).text("/message")).contains("dev", "connected");
    }

    @Test
    void whatDoesNotBecomeReadyFailsWithTheLastThatWasSaidAndTheOneBeforeServesOn() {
        Client.Answer one = live("dev", release("one"));
        Client.Answer two = deploy("dev", release("two"));
        Cell cell = nextCell();
        dataPlane.report(Shop.status(cell, CellStatus.Phase.PROGRESSING, "Its readiness probe gets 503."));

        passTheDeadline();

        assertThat(deployment(two).text("/status")).isEqualTo("FAILED");
        assertThat(deployment(two).text("/message")).contains("in time", "readiness probe gets 503");
        assertThat(deployment(one).text("/status"))
                .as("no deadline counts once it is live")
                .isEqualTo("LIVE");
    }

    @Test
    void whatBecomesReadyAfterAllIsLive() {
        Client.Answer one = deploy("dev", release("one"));
        Cell cell = nextCell();
        passTheDeadline();

        dataPlane.report(Shop.ready(cell));

        assertThat(deployment(one).text("/status")).isEqualTo("LIVE");
    }
}
