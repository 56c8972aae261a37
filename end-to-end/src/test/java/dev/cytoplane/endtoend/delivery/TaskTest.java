package dev.cytoplane.endtoend.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Components that run to their end: pushed like any other, run by their schedule and by people. */
@WithPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TaskTest {

    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final Platform platform;
    private final Sandbox sandbox;
    private Instant nextRun = Instant.MAX;

    TaskTest(Platform platform) {
        this.platform = platform;
        this.sandbox = platform.sandbox("tasks");
    }

    /** First of all: its next minute comes while the other test runs. */
    @BeforeAll
    void deployATaskForEveryMinute() {
        sandbox.deploy("tick", sandbox.task("tick", "* * * * *", "console.log('tick')"));
        nextRun = Instant.parse(Waits.value(
                "the next run",
                Waits.USUAL,
                () -> Optional.of(tick().path("nextRunAt").asString("")).filter(text -> !text.isEmpty())));
    }

    @Test
    @Order(1)
    void aRunSurvivesADeploymentAndEndsWhenItIsCancelled() {
        Git git = sandbox.deploy("slow", sandbox.task("slow", "", "setInterval(() => {}, 1000)"));
        String run = order("slow");
        await("slow", run, Set.of("RUNNING"));
        git.write("task.js", "console.log('short')").commit("shorter");
        sandbox.push(git, "slow").ok();
        String next = order("slow");

        assertThat(one("slow", run).path("status").asString()).isEqualTo("RUNNING");
        await("slow", next, ENDED);
        sandbox.api()
                .post(sandbox.component("slow") + "/runs/" + run + "/cancel", Map.of())
                .expect(200);
        JsonNode cancelled = await("slow", run, ENDED);
        assertThat(cancelled.path("status").asString()).isEqualTo("CANCELLED");
        assertThat(platform.api()
                        .get("/organizations/" + sandbox.organization() + "/audit?action=run.cancelled")
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    @Order(2)
    void aScheduleRunsWhatWasPushedMinuteByMinute() {
        assertThat(tick().path("schedule").asString()).isEqualTo("* * * * *");

        JsonNode run = Waits.value(
                "a run by the schedule",
                Waits.LONG,
                () -> runs("tick").stream()
                        .filter(it -> ENDED.contains(it.path("status").asString()))
                        .findFirst());
        assertThat(run.path("status").asString()).as("%s", run).isEqualTo("SUCCEEDED");
        assertThat(run.path("trigger").asString()).isEqualTo("SCHEDULE");
        assertThat(Instant.parse(run.path("scheduledFor").asString())).isAfterOrEqualTo(nextRun);
        assertThat(run.path("requestedBy").asString()).isEqualTo("schedule");
    }

    private JsonNode tick() {
        return sandbox.api()
                .get(sandbox.component("tick") + "/tasks")
                .expect(200)
                .json()
                .at("/items/0");
    }

    private String order(String component) {
        return sandbox.api()
                .post(sandbox.component(component) + "/runs", Map.of("environment", "development"))
                .expect(201)
                .json()
                .path("id")
                .asString();
    }

    private JsonNode await(String component, String run, Set<String> statuses) {
        return Waits.value(
                "the run " + run,
                Waits.LONG,
                () -> Optional.of(one(component, run))
                        .filter(it -> statuses.contains(it.path("status").asString())));
    }

    private JsonNode one(String component, String run) {
        return sandbox.api()
                .get(sandbox.component(component) + "/runs/" + run)
                .expect(200)
                .json();
    }

    private List<JsonNode> runs(String component) {
        return sandbox.api()
                .get(sandbox.component(component) + "/runs?environment=development")
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }
}
