package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.ProcessTable;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Nothing comes through the link any more and no connection is closed, as when a cable is cut: one end is halted. Either
 * end goes on with what is its own, and catches up.
 */
@WithPlatform
class LinkCutTest {

    private final Platform platform;

    LinkCutTest(Platform platform) {
        this.platform = platform;
    }

    @Test
    void cellsAnswerAndHealWithoutAControlPlane() {
        Shop shop = Shop.open(platform, "link-cut");
        long controlPlane = platform.services().pid("control-plane");
        long dataPlane = platform.services().pid("data-plane");
        ProcessTable.signal("STOP", controlPlane);
        try (Load load = new Load(platform.http(), shop.url, 1)) {
            Waits.until("there are answers", () -> assertThat(load.successes()).isGreaterThan(20));
            assertThat(load.failures()).isEmpty();
            Set<Long> before = shop.instances();
            before.forEach(ProcessTable::kill);
            Waits.until(
                    "another instance runs",
                    () -> assertThat(shop.instances()).hasSize(1).doesNotContainAnyElementsOf(before));
            shop.awaitAnswer("first");
        } finally {
            ProcessTable.signal("CONT", controlPlane);
        }
        shop.release("after the cut");
        assertThat(platform.services().pid("control-plane")).isEqualTo(controlPlane);
        assertThat(platform.services().pid("data-plane")).isEqualTo(dataPlane);
        shop.assertNoOrphans();
    }

    @Test
    void aReleaseWaitsForTheDataPlaneAndIsNotLost() {
        Shop shop = Shop.open(platform, "link-behind");
        long dataPlane = platform.services().pid("data-plane");
        String commit;
        ProcessTable.signal("STOP", dataPlane);
        try {
            commit = shop.pushSoon("second");
            Waits.until(
                    "the build has succeeded",
                    Waits.LONG,
                    () -> assertThat(shop.statusOfBuild(commit)).isEqualTo("SUCCEEDED"));
            Waits.until(
                    "its deployment waits",
                    () -> assertThat(shop.statusOfDeployment(commit)).isEqualTo("PENDING"));
            shop.awaitAnswer("first");
        } finally {
            ProcessTable.signal("CONT", dataPlane);
        }
        shop.awaitAnswer("second");
        Waits.until(
                "the deployment is live",
                Waits.LONG,
                () -> assertThat(shop.statusOfDeployment(commit)).isEqualTo("LIVE"));
        assertThat(platform.services().pid("data-plane")).isEqualTo(dataPlane);
        Waits.until("one instance runs", () -> assertThat(shop.instances()).hasSize(1));
        shop.assertNoOrphans();
    }
}
