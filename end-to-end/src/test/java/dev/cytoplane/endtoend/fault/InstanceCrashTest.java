package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.ProcessTable;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.Set;
import org.junit.jupiter.api.Test;

@WithPlatform
class InstanceCrashTest {

    private final Platform platform;

    InstanceCrashTest(Platform platform) {
        this.platform = platform;
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
