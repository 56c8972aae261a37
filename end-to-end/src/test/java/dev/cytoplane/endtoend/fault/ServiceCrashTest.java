package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.EventStream;
import dev.cytoplane.endtoend.platform.EventStream.Event;
import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.ProcessTable;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * One push, step by step: it becomes live, although every service is killed in its build, while others write, and every one
 * again in its deployment. The supervisor goes first: the others are then started again by one that has found them.
 */
@WithPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServiceCrashTest {

    /** Whoever writes in the moment of their end may get no answer. */
    private static final Set<String> ON_THE_WAY_OF_A_WRITE = Set.of("control-plane", "postgres");

    /** As Last-Event-ID: everything that there is. */
    private static final String BEGINNING = "0";

    private final Platform platform;
    private final Shop shop;
    private final String events;
    private Set<Long> serving = Set.of();
    private String commit = "";

    ServiceCrashTest(Platform platform) {
        this.platform = platform;
        this.shop = Shop.open(platform, "crash");
        this.events = "/organizations/" + shop.sandbox.organization() + "/events";
    }

    @BeforeAll
    void push() {
        serving = shop.instances();
        commit = shop.pushHeld("second");
    }

    /** SIGINT is PostgreSQL's own fast shutdown: a restart by an administrator. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "supervisor, KILL",
        "postgres, KILL",
        "postgres, INT",
        "keycloak, KILL",
        "control-plane, KILL",
        "data-plane, KILL",
        "cell-gateway, KILL"
    })
    @Order(1)
    void inABuildWhatWasAcknowledgedIsThereAndNothingTwice(String service, String signal) {
        Waits.until(
                "the build runs",
                Waits.LONG,
                () -> assertThat(shop.statusOfBuild(commit)).isEqualTo("RUNNING"));
        List<Event> seen = EventStream.read(platform, events, BEGINNING, 3);
        // Known before, so that the end comes in the middle of the writes and not after hundreds.
        long before = platform.services().pid(service);
        Writers writers = Writers.start(shop.sandbox, platform.tokens().launcher(), service + "-" + before);
        writers.awaitMore();

        crash(service, signal, before, () -> {
            if (!ON_THE_WAY_OF_A_WRITE.contains(service)) {
                writers.awaitMore();
                assertThat(writers.stop()).as("writes that failed meanwhile").isEmpty();
            }
        });

        assertThat(shop.instances()).isEqualTo(serving);
        assertAllOrNothing(writers);
        assertResumed(seen);
    }

    @Test
    @Order(2)
    void theBuildSucceeds() {
        shop.letBuild();
        Waits.until(
                "the build has succeeded",
                Waits.LONG,
                () -> assertThat(shop.statusOfBuild(commit)).isEqualTo("SUCCEEDED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"supervisor", "postgres", "keycloak", "control-plane", "data-plane", "cell-gateway"})
    @Order(3)
    void inADeploymentTheNewInstanceStaysAndTheOldOneServes(String service) {
        Waits.until(
                "the new instance starts",
                Waits.LONG,
                () -> assertThat(shop.instances()).hasSize(2).containsAll(serving));
        assertThat(shop.statusOfDeployment(commit)).isIn("PENDING", "PROGRESSING");

        crash(service, "KILL", platform.services().pid(service), () -> {});
    }

    @Test
    @Order(4)
    void thenThePushIsLiveWithoutAFailedCall() {
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

    private void crash(String service, String signal, long before, Runnable meanwhile) {
        Load load = new Load(platform.http(), shop.url, 1);
        try (load) {
            ProcessTable.signal(signal, before);
            meanwhile.run();
            if (service.equals("supervisor")) {
                platform.cyto().run("", Waits.START, "up").expect(0);
            }
            platform.services().awaitAgain(service, before);
            int already = load.successes();
            Waits.until(
                    "there are answers afterwards",
                    Waits.LONG,
                    () -> assertThat(load.successes()).isGreaterThan(already));
        }
        assertThat(load.answers()).isEqualTo(Set.of("first"));
        // Only the gateway is on a call's way: without it there is no answer until it is back.
        if (!service.equals("cell-gateway")) {
            assertThat(load.failures()).as("calls that failed meanwhile").isEmpty();
        }
    }

    /** Of each write there is all or nothing: the project, its event, its line in the audit log. */
    private void assertAllOrNothing(Writers writers) {
        // Whoever only had to wait for a moment has met nothing, and would go on.
        Set<String> unsure = writers.stop();
        assertThat(writers.present()).containsAll(writers.acknowledged());
        // Whoever got no answer asks again with the same key, and gets the one that was meant or a new one.
        unsure.forEach(name -> Waits.until(
                name + " is made",
                Waits.LONG,
                () -> assertThat(writers.create(name).status()).isEqualTo(201)));
        List<String> present = writers.present();
        assertThat(present).doesNotHaveDuplicates().containsAll(unsure).containsAll(writers.acknowledged());
        JsonNode audit = writers.verification();
        assertThat(audit.path("valid").asBoolean()).as(audit.toString()).isTrue();
        assertThat(writers.auditedCreations()).containsExactlyInAnyOrderElementsOf(present);
    }

    /** A stream of events goes on where it was. */
    private void assertResumed(List<Event> seen) {
        List<Event> resumed = EventStream.read(platform, events, seen.getLast().id(), 1);
        List<Event> whole = EventStream.read(platform, events, BEGINNING, seen.size() + 1);
        assertThat(whole.subList(0, seen.size())).isEqualTo(seen.subList(0, seen.size()));
        assertThat(resumed.getFirst()).isEqualTo(whole.get(seen.size()));
    }
}
