package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Api;
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
    void callersWithATokenGoOnWhileKeycloakIsGone() {
        Shop shop = Shop.open(platform, "crash-sign-in");
        Api withToken = platform.api().as(platform.tokens().launcher());
        long before = platform.services().pid("keycloak");
        Writers writers = Writers.start(shop.sandbox, withToken, 2);
        Waits.until(
                "there is a stream of writes",
                () -> assertThat(writers.acknowledged()).isNotEmpty());

        ProcessTable.kill(before);

        int already = writers.acknowledged().size();
        Waits.until("writes go on", () -> assertThat(writers.acknowledged()).hasSizeGreaterThan(already + 20));
        assertThat(writers.stop()).as("writes that failed meanwhile").isEmpty();
        shop.awaitAnswer("first");
        platform.services().awaitAgain("keycloak", before);
        Waits.until("tokens are given again", () -> {
            Answer token = platform.tokens()
                    .request("cytoplane-launcher", platform.tokens().credential("launcherClientSecret"), "");
            String fresh = token.expect(200).json().path("access_token").asString();
            platform.api().as(fresh).get("/me").expect(200);
        });
        // Looking needs a token, which may have to be a new one.
        assertThat(writers.present()).containsExactlyInAnyOrderElementsOf(writers.acknowledged());
        shop.assertNoOrphans();
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
    }
}
