package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What was pushed becomes live, although every service is killed in its build, and every one again in its deployment. The
 * supervisor goes first: the others are then started again by one that has found them.
 */
@WithPlatform
class DeliveryCrashTest {

    private static final List<String> SERVICES =
            List.of("supervisor", "postgres", "keycloak", "control-plane", "data-plane", "cell-gateway");

    private final Platform platform;

    DeliveryCrashTest(Platform platform) {
        this.platform = platform;
    }

    @Test
    void aPushBecomesLiveAlthoughEachServiceIsKilledInTheBuildAndInTheDeployment() {
        Shop shop = Shop.open(platform, "crash");
        Set<Long> serving = shop.instances();
        String commit = shop.pushHeld("second");
        for (String service : SERVICES) {
            Waits.until(
                    "the build runs before the end of " + service,
                    Waits.LONG,
                    () -> assertThat(shop.statusOfBuild(commit)).isEqualTo("RUNNING"));
            crash(service, shop);
            assertThat(shop.instances())
                    .as("instances after the end of " + service)
                    .isEqualTo(serving);
        }
        shop.letBuild();
        Waits.until(
                "the build has succeeded",
                Waits.LONG,
                () -> assertThat(shop.statusOfBuild(commit)).isEqualTo("SUCCEEDED"));

        for (String service : SERVICES) {
            Waits.until(
                    "the new instance starts before the end of " + service,
                    Waits.LONG,
                    () -> assertThat(shop.instances()).hasSize(2).containsAll(serving));
            assertThat(shop.statusOfDeployment(commit)).isIn("PENDING", "PROGRESSING");
            crash(service, shop);
        }
        Load load = new Load(platform.http(), shop.url, 1);
        try (load) {
            Waits.until(
                    "the old release answers",
                    () -> assertThat(load.successes()).isPositive());
            shop.letStart();
            shop.awaitAnswer("second");
            Waits.until(
                    "the deployment is live",
                    Waits.LONG,
                    () -> assertThat(shop.statusOfDeployment(commit)).isEqualTo("LIVE"));
        }
        assertThat(load.failures()).as("calls that failed in the changeover").isEmpty();
        assertThat(load.answers()).isEqualTo(Set.of("first", "second"));
        assertThat(shop.commits()).as("each push was built once").isEqualTo(List.of("second", "first"));
        Waits.until("one instance runs", () -> assertThat(shop.instances()).hasSize(1));
        shop.assertNoOrphans();
    }

    private void crash(String service, Shop shop) {
        Load load = new Load(platform.http(), shop.url, 1);
        try (load) {
            long before = platform.services().kill(service);
            if (service.equals("supervisor")) {
                platform.cyto().run("", Waits.START, "up").expect(0);
            }
            platform.services().awaitAgain(service, before);
            int already = load.successes();
            Waits.until(
                    "there are answers after the end of " + service,
                    Waits.LONG,
                    () -> assertThat(load.successes()).isGreaterThan(already));
        }
        assertThat(load.answers()).isEqualTo(Set.of("first"));
        // Only the gateway is on a call's way: without it there is no answer until it is back.
        if (!service.equals("cell-gateway")) {
            assertThat(load.failures())
                    .as("calls that failed without " + service)
                    .isEmpty();
        }
    }
}
