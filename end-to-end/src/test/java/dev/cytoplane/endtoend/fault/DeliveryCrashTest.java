package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was pushed becomes live, whichever service is killed in its build and again in its deployment. */
@WithPlatform
class DeliveryCrashTest {

    private final Platform platform;

    DeliveryCrashTest(Platform platform) {
        this.platform = platform;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"postgres", "keycloak", "control-plane", "data-plane", "cell-gateway", "supervisor"})
    void aPushBecomesLiveAlthoughItIsKilledInTheBuildAndInTheDeployment(String service) {
        Shop shop = Shop.open(platform, "crash-" + service);
        try (Load load = new Load(platform.http(), shop.url, 1)) {
            String commit = shop.pushHeld("second");
            Waits.until(
                    "the build runs",
                    () -> assertThat(shop.statusOfBuild(commit)).isEqualTo("RUNNING"));
            crash(service);
            shop.letBuild();
            Waits.until(
                    "the build has succeeded",
                    Waits.LONG,
                    () -> assertThat(shop.statusOfBuild(commit)).isEqualTo("SUCCEEDED"));

            Waits.until(
                    "the new instance starts",
                    Waits.LONG,
                    () -> assertThat(shop.instances()).hasSize(2));
            assertThat(shop.statusOfDeployment(commit)).isIn("PENDING", "PROGRESSING");
            crash(service);
            shop.letStart();
            shop.awaitAnswer("second");
            Waits.until(
                    "the deployment is live",
                    Waits.LONG,
                    () -> assertThat(shop.statusOfDeployment(commit)).isEqualTo("LIVE"));

            // Only the gateway is on a call's way: without it there is no answer until it is back.
            if (!service.equals("cell-gateway")) {
                assertThat(load.failures()).as("calls that failed meanwhile").isEmpty();
            }
            assertThat(load.answers()).isEqualTo(Set.of("first", "second"));
        }
        assertThat(shop.commits()).as("each push was built once").isEqualTo(List.of("second", "first"));
        Waits.until("one instance runs", () -> assertThat(shop.instances()).hasSize(1));
        shop.assertNoOrphans();
    }

    private void crash(String service) {
        long before = platform.services().kill(service);
        if (service.equals("supervisor")) {
            platform.cyto().run("", Waits.START, "up").expect(0);
        }
        platform.services().awaitAgain(service, before);
    }
}
