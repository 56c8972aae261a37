package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.ProcessTable;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.Set;
import org.junit.jupiter.api.Test;

@WithPlatform
class DataPlaneCrashTest {

    private final Platform platform;

    DataPlaneCrashTest(Platform platform) {
        this.platform = platform;
    }

    @Test
    void instancesLiveOnWhenTheDataPlaneIsKilled() {
        Shop shop = Shop.open(platform, "crash-agent");
        Set<Long> instances = shop.instances();

        long before = platform.services().kill("data-plane");
        platform.services().awaitAgain("data-plane", before);

        shop.awaitAnswer("first");
        assertThat(shop.instances()).isEqualTo(instances);
        shop.release("second");
        Waits.until(
                "the old instance is gone",
                () -> assertThat(shop.instances()).hasSize(1).doesNotContainAnyElementsOf(instances));
        shop.assertNoOrphans();
    }

    @Test
    void theGatewayComesBackUnderLoadAndTheInstancesDoNotNotice() {
        Shop shop = Shop.open(platform, "crash-gateway");
        Set<Long> instances = shop.instances();
        try (Load load = new Load(platform.http(), shop.url, 1)) {
            Waits.until("there are answers", () -> assertThat(load.successes()).isPositive());
            platform.services().kill("cell-gateway");
            Waits.until("it was noticed", () -> assertThat(load.failures()).isNotEmpty());
            int before = load.successes();
            Waits.until(
                    "there are answers again",
                    Waits.LONG,
                    () -> assertThat(load.successes()).isGreaterThan(before + 20));
        }
        assertThat(shop.instances()).isEqualTo(instances);
        shop.assertNoOrphans();
    }

    @Test
    void anInstanceThatDiesIsStartedAgain() {
        Shop shop = Shop.open(platform, "crash-instance");
        Set<Long> before = shop.instances();
        assertThat(before).hasSize(1);

        before.forEach(ProcessTable::kill);

        Waits.until(
                "another instance runs",
                () -> assertThat(shop.instances()).hasSize(1).doesNotContainAnyElementsOf(before));
        shop.awaitAnswer("first");
        shop.assertNoOrphans();
    }
}
