package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.ProcessTable;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@WithPlatform
class PlatformCrashTest {

    private final Platform platform;

    PlatformCrashTest(Platform platform) {
        this.platform = platform;
    }

    @Test
    void aMachineThatLostItsPowerComesBackWithItsCellsAndOnceAlthoughTwoStartIt() throws Exception {
        Shop shop = Shop.open(platform, "crash-machine");
        shop.sandbox
                .api()
                .post("/organizations/" + shop.sandbox.organization() + "/projects", Map.of("name", "last-moment"))
                .expect(201);
        Set<Long> before = new HashSet<>(platform.services().pids().values());
        before.addAll(shop.instances());

        // All at once, as far as that can be: the supervisor first, so that it starts nothing again.
        ProcessTable.kill(platform.services().pid("supervisor"));
        List<ProcessTable.Entry> left = platform.processes().all();
        left.forEach(entry -> ProcessTable.kill(entry.pid()));
        assertThat(left).isNotEmpty();
        List<Process> both =
                List.of(platform.cyto().start("up"), platform.cyto().start("up"));
        for (Process up : both) {
            assertThat(up.waitFor(Waits.START.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isZero();
        }

        assertThat(platform.processes().all().stream()
                        .filter(entry -> entry.command().contains("up --foreground")))
                .as("supervisors")
                .hasSize(1);
        shop.awaitAnswer("first");
        assertThat(shop.instances()).hasSize(1);
        shop.sandbox
                .api()
                .get("/organizations/" + shop.sandbox.organization() + "/projects/last-moment")
                .expect(200);
        Waits.untilSeldom(
                "every service is another process",
                Waits.USUAL,
                () -> assertThat(platform.services().pids().values())
                        .doesNotContainAnyElementsOf(before)
                        .doesNotContain(0L));
        shop.release("second");
        shop.assertNoOrphans();

        ProcessTable.kill(platform.services().pid("supervisor"));
        platform.cyto().run("", Waits.START, "down").expect(0);

        assertThat(platform.processes().all()).as("what cyto down left").isEmpty();
        platform.cyto().run("", Waits.START, "up").expect(0);
        shop.awaitAnswer("second");
    }
}
