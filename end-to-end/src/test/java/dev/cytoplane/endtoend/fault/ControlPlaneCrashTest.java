package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.EventStream;
import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.ProcessTable;
import dev.cytoplane.endtoend.platform.Waits;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Faulty
class ControlPlaneCrashTest {

    private final Platform platform;

    ControlPlaneCrashTest(Platform platform) {
        this.platform = platform;
    }

    @Test
    void aBuildGoesOnAfterACrashInItsMiddle() {
        Shop shop = Shop.open(platform, "crash-build");
        shop.git.write("package.json", """
                {"name": "hello", "version": "1.0.0", "private": true,
                 "scripts": {"build": "node -e 'setTimeout(() => {}, 4000)'"}}
                """);
        String commit = shop.pushChanged("second");
        Waits.until(
                "the build runs",
                () -> assertThat(shop.buildOf(commit).path("status").asString()).isEqualTo("RUNNING"));

        long before = platform.services().kill("control-plane");
        platform.services().awaitAgain("control-plane", before);

        Waits.until(
                "the build has succeeded",
                Waits.LONG,
                () -> assertThat(shop.buildOf(commit).path("status").asString()).isEqualTo("SUCCEEDED"));
        shop.awaitAnswer("second");
        assertThat(shop.instances()).hasSize(1);
        shop.assertNoOrphans();
    }

    @Test
    void everyAcknowledgedWriteIsThereAfterACrashAndNoneIsThereTwice() {
        Shop shop = Shop.open(platform, "crash-write");
        Writers writers = Writers.start(shop.sandbox, 6);
        Waits.until(
                "there is a stream of writes",
                () -> assertThat(writers.acknowledged()).hasSizeGreaterThan(20));

        long before = platform.services().kill("control-plane");
        Set<String> unsure = writers.awaitFailures();
        platform.services().awaitAgain("control-plane", before);

        Set<String> acknowledged = writers.acknowledged();
        assertThat(writers.present()).containsAll(acknowledged);
        // Whoever got no answer asks again with the same key, and gets the one that was meant or a new one.
        unsure.forEach(name -> Waits.until(
                name + " is made",
                () -> assertThat(writers.create(name).status()).isEqualTo(201)));
        List<String> present = writers.present();
        assertThat(present).doesNotHaveDuplicates().containsAll(unsure);

        JsonNode audit = writers.verification();
        assertThat(audit.path("valid").asBoolean()).as(audit.toString()).isTrue();
        assertThat(writers.auditedCreations()).containsExactlyInAnyOrderElementsOf(present);
    }

    @Test
    void cellsAnswerAndHealWhileTheControlPlaneIsGone() {
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
    void aStreamOfEventsGoesOnWhereItWasAfterACrash() {
        Shop shop = Shop.open(platform, "crash-events");
        String path = "/organizations/" + shop.sandbox.organization() + "/events";
        List<EventStream.Event> seen = EventStream.read(platform, path, "", 3);
        String last = seen.getLast().id();

        long before = platform.services().kill("control-plane");
        platform.services().awaitAgain("control-plane", before);
        shop.sandbox.create("later");

        List<EventStream.Event> resumed = EventStream.read(platform, path, last, 1);
        assertThat(resumed.stream().map(EventStream.Event::id).collect(Collectors.toSet()))
                .doesNotContainAnyElementsOf(
                        seen.stream().map(EventStream.Event::id).toList());
        Answer audit = platform.api().get("/organizations/" + shop.sandbox.organization() + "/audit/verification");
        assertThat(audit.expect(200).json().path("valid").asBoolean()).isTrue();
    }
}
