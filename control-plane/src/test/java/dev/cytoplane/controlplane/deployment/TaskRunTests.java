package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.api.Client;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of a task, from the order over the link to what the data plane tells of them. */
class TaskRunTests extends ShopOnADataPlane {

    private Cell cell;

    @BeforeEach
    void deployTheTask() {
        deploy(api, "dev", task("one", "0 3 * * *"));
        cell = nextCell();
        report();
    }

    @Test
    void theCellSaysWhenItRunsAndThatNothingOfItRunsOtherwise() {
        Cell.Component component = cell.spec().components().getFirst();
        assertThat(component.type()).isEqualTo(ComponentType.SCHEDULED_TASK);
        assertThat(component.replicas()).isZero();
        assertThat(component.endpoints()).isEmpty();
        assertThat(component.task()).isEqualTo(new Cell.Task("0 3 * * *", "UTC", Concurrency.FORBID, 3600, 0));

        Client.Answer tasks = owner.get(shop.path(api, "/tasks"));
        assertThat(tasks.text("/items/0/environment")).isEqualTo("dev");
        assertThat(tasks.text("/items/0/schedule")).isEqualTo("0 3 * * *");
    }

    @Test
    void anOrderIsToldUntilTheDataPlaneNamesItAndItsEndIsKept() {
        Client.Answer ordered = order("{\"environment\": \"dev\", \"arguments\": [\"--since\", \"monday\"]}");
        assertThat(ordered.status()).isEqualTo(201);
        assertThat(ordered.text("/status")).isEqualTo("PENDING");
        assertThat(ordered.text("/requestedBy")).isEqualTo("olga");
        LinkEvent.RunWanted first = watch.next(LinkEvent.RunWanted.class);
        assertThat(first.run()).hasToString(ordered.text("/id"));
        assertThat(first.arguments()).containsExactly("--since", "monday");
        assertThat(watch.next(LinkEvent.RunWanted.class)).as("said again").isEqualTo(first);

        report(run(first.run(), RunPhase.RUNNING, null, "It runs."));
        assertThat(run(ordered).text("/status")).isEqualTo("RUNNING");
        report(run(first.run(), RunPhase.FAILED, 3, "It exited with code 3."));
        Client.Answer ended = run(ordered);
        assertThat(ended.text("/status")).isEqualTo("FAILED");
        assertThat(ended.text("/message")).isEqualTo("It exited with code 3.");
        assertThat(ended.json().at("/exitCode").asInt()).isEqualTo(3);
        assertThat(ended.text("/trigger")).isEqualTo("MANUAL");

        report(run(first.run(), RunPhase.SUCCEEDED, 0, "Changed my mind."));
        assertThat(run(ordered).text("/status")).as("what has ended has ended").isEqualTo("FAILED");
    }

    @Test
    void whatAScheduleStartedIsInTheListWithWhenItWasDue() {
        Instant due = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        UUID id = UUID.randomUUID();
        report(new CellStatus.Run(
                id, due, "r-000000000001", RunPhase.SUCCEEDED, "api-1", due, due, 1, 0, "It has ended well."));

        Client.Answer runs = owner.get(shop.path(api, "/runs?environment=dev&status=SUCCEEDED"));
        assertThat(runs.json().at("/items")).hasSize(1);
        assertThat(runs.text("/items/0/id")).isEqualTo(id.toString());
        assertThat(runs.text("/items/0/trigger")).isEqualTo("SCHEDULE");
        assertThat(Instant.parse(runs.text("/items/0/scheduledFor"))).isEqualTo(due);
        assertThat(runs.text("/items/0/instance")).isEqualTo("api-1");
    }

    @Test
    void aRunIsCancelledOnceTheDataPlaneSaysSo() {
        Client.Answer ordered = order("{\"environment\": \"dev\"}");
        UUID id = UUID.fromString(ordered.text("/id"));
        report(run(id, RunPhase.RUNNING, null, "It runs."));

        Client.Answer cancelled = owner.post(shop.path(api, "/runs/" + id + "/cancel"), "{}");
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("/status")).as("not before it has ended").isEqualTo("RUNNING");
        assertThat(watch.next(LinkEvent.RunUnwanted.class).run()).isEqualTo(id);
        assertThat(owner.post(shop.path(api, "/runs/" + id + "/cancel"), "{}").status())
                .as("once more is no harm")
                .isEqualTo(200);
        report(run(id, RunPhase.CANCELLED, 143, "It was cancelled."));
        assertThat(run(ordered).text("/status")).isEqualTo("CANCELLED");
        Client.Answer late = owner.post(shop.path(api, "/runs/" + id + "/cancel"), "{}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("/type")).endsWith("run-ended");
    }

    @Test
    void aRunThatItsDataPlaneForgotHasFailed() {
        Client.Answer ordered = order("{\"environment\": \"dev\"}");
        report(run(UUID.fromString(ordered.text("/id")), RunPhase.RUNNING, null, "It runs."));
        Client.Answer other = order("{\"environment\": \"dev\"}");
        report();

        assertThat(run(ordered).text("/status")).isEqualTo("FAILED");
        assertThat(run(ordered).text("/message")).contains("does not know it any more");
        assertThat(run(other).text("/status")).as("it has not been told yet").isEqualTo("PENDING");
    }

    @Test
    void aDataPlaneCannotTellOfRunsOfOthers() {
        Client.Answer ordered = order("{\"environment\": \"dev\"}");
        var other = shop.component("store", "other");
        deploy(other, "dev", task(other, "two", null));
        cell = nextCell();
        dataPlane.report(withRuns("other", run(UUID.fromString(ordered.text("/id")), RunPhase.SUCCEEDED, 0, "Lies.")));

        assertThat(run(ordered).text("/status")).isEqualTo("PENDING");
    }

    @Test
    void whatIsNoTaskHasNoRunsAndATaskHasNoInstances() {
        var web = shop.component("store", "web");
        deploy(web, "dev", release(web, "web", it -> it));
        cell = nextCell();
        Client.Answer refused = owner.post(shop.path(web, "/runs"), "{\"environment\": \"dev\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/type")).endsWith("not-a-task");
        Client.Answer nowhere = owner.post(shop.path(api, "/runs"), "{\"environment\": \"prod\"}");
        assertThat(nowhere.status()).isEqualTo(409);
        assertThat(nowhere.text("/type")).endsWith("not-deployed");
        assertThat(owner.post(shop.path(api, "/runs"), "{\"environment\": \"mars\"}")
                        .status())
                .isEqualTo(404);
        for (String what : List.of("restarts", "scalings")) {
            Client.Answer scaled = owner.post(shop.path(api, "/" + what), "{\"environment\": \"dev\"}");
            assertThat(scaled.text("/type")).as(what).endsWith("no-instances");
        }
        Client.Answer many =
                owner.post(shop.path(api, "/runs"), "{\"environment\": \"dev\", \"arguments\": [\"a\\u0000b\"]}");
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.text("/errors/0/field")).isEqualTo("arguments[0]");
    }

    @Test
    void noMoreThanTwentyAreUnderWay() {
        for (int i = 0; i < 20; i++) {
            assertThat(order("{\"environment\": \"dev\"}").status()).isEqualTo(201);
        }
        Client.Answer refused = order("{\"environment\": \"dev\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/type")).endsWith("too-many-runs");
    }

    @Test
    void whatNobodyTakesUpHasFailedInTheEnd() {
        Client.Answer ordered = order("{\"environment\": \"dev\"}");
        tenancy.in(
                api.organizationId(),
                () -> transaction.executeWithoutResult(status -> jdbc.sql(
                                "update task_runs set created_at = now() - interval '11 minutes' where component_id = ?")
                        .param(api.componentId())
                        .update()));

        await().until(() -> run(ordered).text("/status").equals("FAILED"));
        assertThat(run(ordered).text("/message")).contains("No data plane took it up", "dev");
    }

    private String task(String mark, @Nullable String schedule) {
        return task(api, mark, schedule);
    }

    private String task(
            dev.cytoplane.controlplane.access.ComponentScope component, String mark, @Nullable String schedule) {
        return release(
                component,
                mark,
                it -> new Descriptor(
                        it.apiVersion(),
                        it.kind(),
                        schedule == null ? ComponentType.MANUAL_TASK : ComponentType.SCHEDULED_TASK,
                        null,
                        it.run(),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        new Descriptor.Task(schedule, null, null, null, null)));
    }

    private Client.Answer order(String body) {
        return owner.post(shop.path(api, "/runs"), body);
    }

    private Client.Answer run(Client.Answer ordered) {
        return owner.get(shop.path(api, "/runs/" + ordered.text("/id")));
    }

    private void report(CellStatus.Run... runs) {
        dataPlane.report(withRuns("api", runs));
    }

    private static CellStatus.Run run(UUID id, RunPhase phase, @Nullable Integer code, String message) {
        return new CellStatus.Run(
                id,
                null,
                "r-000000000001",
                phase,
                "api-1",
                Instant.EPOCH,
                phase.hasEnded() ? Instant.EPOCH.plusSeconds(9) : null,
                1,
                code,
                message);
    }

    private CellStatus withRuns(String component, CellStatus.Run... runs) {
        CellStatus ready = Shop.ready(cell);
        return new CellStatus(
                ready.cell(),
                ready.observedVersion(),
                ready.conditions(),
                ready.components().stream()
                        .map(it -> new CellStatus.Component(
                                it.name(),
                                it.servingRelease(),
                                it.desiredRelease(),
                                it.phase(),
                                it.message(),
                                it.replicas(),
                                it.readyReplicas(),
                                List.of(),
                                it.endpoints(),
                                it.name().equals(component) ? new CellStatus.Task(null, List.of(runs)) : null,
                                null))
                        .toList(),
                ready.westboundAddress());
    }
}
