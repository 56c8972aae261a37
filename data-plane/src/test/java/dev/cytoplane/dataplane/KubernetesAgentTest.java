package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.InstancePhase;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.testing.DataPlaneAccount;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.GatewaySettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.OnShutdown;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole data plane of a real cluster, with the chart's rights and as the chart runs it: its folder is lost with each
 * agent. The control plane is a link server over mTLS.
 */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class KubernetesAgentTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Cluster cluster;
    private Path work;
    private DataPlaneAccount account;
    private KubernetesClient client;
    private TestLink link;
    private TestPlane plane;
    private Cell.Artifact one;
    private Cell.Artifact two;
    private Agent agent;

    @BeforeAll
    void anAgentJoins(Cluster given, @TempDir Path folder) throws IOException {
        cluster = given;
        work = folder;
        account = new DataPlaneAccount(cluster);
        client = account.client();
        link = new TestLink(Clock.systemUTC());
        plane = TestPlane.withoutOperator(cluster, work);
        one = TestPlane.artifact(link, "one");
        two = TestPlane.artifact(link, "two");
        agent = startAgent();
    }

    private Agent startAgent() {
        return startAgent(cluster.registry().passwordFile());
    }

    private Agent startAgent(Path registryPassword) {
        DataPlaneSettings settings = new DataPlaneSettings(
                work.resolve(cluster.unique()),
                link.url(),
                TestLink.TOKEN,
                link.fingerprint(),
                "kubernetes",
                null,
                null,
                new GatewaySettings(List.of(), Map.of(), "127.0.0.1", null, null),
                plane.settings(account.namespace(), registryPassword),
                DataPlaneSettings.BuildsSettings.NONE,
                null,
                OnShutdown.KEEP,
                Duration.ZERO);
        Agent started = KubernetesAgent.of(settings, client, new SecureRandom(), Clock.systemUTC());
        started.start();
        return started;
    }

    @AfterAll
    void nothingIsLeft() {
        agent.close();
        client.close();
        plane.close();
        account.close();
        link.close();
    }

    @Test
    void aCellOfTheLinkRunsInTheClusterAndItsStatusAndItsLogGoBack() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));

        CellStatus status = ready(cell, 1);

        CellStatus.Component web = status.components().getFirst();
        assertThat(web.servingRelease()).isEqualTo("r-000000000001");
        assertThat(web.readyReplicas()).isEqualTo(1);
        assertThat(web.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.phase()).isEqualTo(InstancePhase.READY);
            assertThat(instance.release()).isEqualTo("r-000000000001");
        });
        assertThat(image(cell))
                .startsWith(cluster.registry().address() + "/test/releases:")
                .contains("@sha256:");
        assertThat(status.westboundAddress())
                .as("no cell of another data plane reaches it")
                .isNull();
        assertThat(plane.answer(plane.outsider(), "http://" + ExampleCells.host(cell) + "/"))
                .isEqualTo("one");
        BlockingQueue<LogLine> log =
                link.readLogs(new LinkEvent.LogsWanted(cluster.unique(), cell, "web", null, 100, false));
        LogLine line = log.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(line).isNotNull();
        assertThat(line.text()).isEqualTo("version one serves");
        assertThat(line.instance()).isEqualTo(web.instances().getFirst().id());

        link.put(ExampleCells.release(project, 2, two));
        assertThat(ready(cell, 2).components().getFirst().servingRelease()).isEqualTo("r-000000000002");

        link.delete(cell);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(link.status(cell))
                    .hasValueSatisfying(
                            removed -> assertThat(removed.components()).isEmpty());
            assertThat(plane.client()
                            .namespaces()
                            .withName(Names.namespace(cell))
                            .get())
                    .isNull();
        });
    }

    @Test
    void aTaskRunsWhenItIsOrderedAndByItsScheduleAndItsEndIsTold() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.cell(
                project, task("report", null, "java"), task("tick", "* * * * *", "java", "--version")));
        CellStatus ready = ready(cell, 1);
        assertThat(ready.components()).allSatisfy(component -> {
            assertThat(component.message()).isEqualTo("It is ready to run");
            assertThat(component.servingRelease()).isEqualTo("r-000000000001");
            assertThat(component.instances()).isEmpty();
        });

        UUID well = UUID.randomUUID();
        UUID badly = UUID.randomUUID();
        UUID never = UUID.randomUUID();
        link.say(new LinkEvent.RunWanted(well, cell, "report", List.of("--version")));
        link.say(new LinkEvent.RunWanted(well, cell, "report", List.of("--version")));
        link.say(new LinkEvent.RunWanted(badly, cell, "report", List.of("no.such.Program; true")));
        link.say(new LinkEvent.RunUnwanted(never, cell, "report"));
        until(cell, status -> {
            assertThat(run(status, "report", well).phase()).isEqualTo(RunPhase.SUCCEEDED);
            assertThat(run(status, "report", badly).phase()).isEqualTo(RunPhase.FAILED);
            assertThat(run(status, "report", badly).exitCode()).isEqualTo(1);
            assertThat(run(status, "report", badly).message()).isEqualTo("It exited with code 1.");
            assertThat(run(status, "report", never).phase()).isEqualTo(RunPhase.CANCELLED);
            assertThat(runs(status, "report")).hasSize(3);
        });
        BlockingQueue<LogLine> log = link.readLogs(new LinkEvent.LogsWanted(
                cluster.unique(),
                cell,
                "report",
                run(link.status(cell).orElseThrow(), "report", well).instance(),
                100,
                false));
        LogLine line = log.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(line).isNotNull();
        assertThat(line.text()).contains("openjdk");

        until(
                cell,
                status -> assertThat(runs(status, "tick")).anySatisfy(run -> {
                    assertThat(run.phase()).isEqualTo(RunPhase.SUCCEEDED);
                    assertThat(run.scheduledFor()).isNotNull();
                }));
        link.delete(cell);
    }

    @Test
    void aRunIsEndedWhenItIsCancelledAndWhenItTakesTooLong() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.cell(
                project,
                ExampleCells.component("endless", one)
                        .environment(Map.of("PORT", "8080"))
                        .task(new Cell.Task(null, "UTC", Concurrency.FORBID, 600, 0))
                        .build(),
                ExampleCells.component("late", one)
                        .environment(Map.of("PORT", "8080"))
                        .task(new Cell.Task(null, "UTC", Concurrency.FORBID, 20, 3))
                        .build()));
        ready(cell, 1);
        UUID cancelled = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        link.say(new LinkEvent.RunWanted(cancelled, cell, "endless", List.of()));
        link.say(new LinkEvent.RunWanted(late, cell, "late", List.of()));
        until(
                cell,
                status -> assertThat(run(status, "endless", cancelled).phase()).isEqualTo(RunPhase.RUNNING));
        link.say(new LinkEvent.RunUnwanted(cancelled, cell, "endless"));

        until(cell, status -> {
            assertThat(run(status, "endless", cancelled).phase()).isEqualTo(RunPhase.CANCELLED);
            assertThat(run(status, "late", late).phase()).isEqualTo(RunPhase.FAILED);
            assertThat(run(status, "late", late).message()).contains("longer than the 20 seconds");
        });
        await().atMost(PATIENCE)
                .until(() -> plane
                        .client()
                        .pods()
                        .inNamespace(Names.namespace(cell))
                        .withLabel("batch.kubernetes.io/job-name")
                        .list()
                        .getItems()
                        .stream()
                        .noneMatch(pod -> List.of("Pending", "Running")
                                .contains(pod.getStatus().getPhase())));
        link.delete(cell);
    }

    private Cell.Component task(String name, @Nullable String schedule, String... command) {
        return ExampleCells.component(name, one)
                .command(command)
                .task(new Cell.Task(schedule, "UTC", Concurrency.FORBID, 600, 0))
                .build();
    }

    private static List<CellStatus.Run> runs(CellStatus status, String component) {
        return status.components().stream()
                .filter(it -> it.name().equals(component))
                .map(CellStatus.Component::task)
                .filter(Objects::nonNull)
                .flatMap(task -> task.runs().stream())
                .toList();
    }

    private static CellStatus.Run run(CellStatus status, String component, UUID id) {
        return runs(status, component).stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no run " + id + " in " + status));
    }

    @Test
    void aReleaseWhoseArtifactCannotBeHadIsToldWithItsCause() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        Cell.Artifact none = new Cell.Artifact("sha256:" + "0".repeat(64), one.kind(), one.sizeBytes());
        link.put(ExampleCells.release(project, 1, none));

        until(
                cell,
                status -> assertThat(status.components().getFirst().message())
                        .contains("its image cannot be made")
                        .contains("404"));
        link.delete(cell);
    }

    @Test
    void withItsLastComponentEverythingOfACellGoes() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        ready(cell, 1);

        link.put(ExampleCells.version(ExampleCells.cell(project), 2));
        until(cell, status -> {
            assertThat(status.observedVersion()).isEqualTo(2);
            assertThat(status.components()).isEmpty();
        });

        assertThat(plane.client().namespaces().withName(Names.namespace(cell)).get())
                .isNull();
        link.put(ExampleCells.release(project, 3, two));
        ready(cell, 3);
        link.delete(cell);
    }

    @Test
    void whatRunsIsLookedAfterAndChangedWithoutTheRegistry() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        ready(cell, 1);
        String image = image(cell);

        agent.close();
        agent = startAgent(work.resolve("no-such-password"));
        link.put(ExampleCells.release(project, 2, one));
        ready(cell, 2);

        assertThat(image(cell)).isEqualTo(image);
        link.put(ExampleCells.release(project, 3, two));
        until(
                cell,
                status -> assertThat(status.components().getFirst().message())
                        .contains("its image cannot be made")
                        .contains("1 ready of the release before"));
        assertThat(image(cell)).isEqualTo(image);

        agent.close();
        agent = startAgent();
        ready(cell, 3);
        link.delete(cell);
    }

    @Test
    void whatWasToldWhileTheAgentWasAwayIsDoneWhenItIsBack() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        String staying = ExampleCells.name(project + "s");
        link.put(ExampleCells.release(project, 1, one));
        link.put(ExampleCells.release(project + "s", 1, one));
        ready(cell, 1);
        ready(staying, 1);

        agent.close();
        link.deleteSilently(cell);
        plane.client().resources(CellResource.class).withName(staying).edit(found -> {
            found.getMetadata().getAnnotations().put(CellResource.VERSION, "99");
            return found;
        });
        agent = startAgent();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(plane.client()
                                .resources(CellResource.class)
                                .withName(cell)
                                .get())
                        .isNull());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(plane.client()
                                .resources(CellResource.class)
                                .withName(staying)
                                .get()
                                .getMetadata()
                                .getAnnotations())
                        .containsEntry(CellResource.VERSION, "1"));
        until(cell, removed -> assertThat(removed.components()).isEmpty());
        link.delete(staying);
    }

    @Test
    void whatRunsGoesOnWhenAnAgentComesBackWithoutItsFolderAndWithoutTheLink() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        ready(cell, 1);
        String before = plane.client()
                .resources(CellResource.class)
                .withName(cell)
                .get()
                .getMetadata()
                .getUid();

        agent.close();
        link.down();
        agent = startAgent();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(agent.isReady()).isTrue());
        // What heals without a control plane shows that it has looked at everything.
        plane.client()
                .services()
                .inNamespace(Names.namespace(cell))
                .withName(Names.GATEWAY)
                .delete();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(plane.client()
                                .services()
                                .inNamespace(Names.namespace(cell))
                                .withName(Names.GATEWAY)
                                .get())
                        .isNotNull());
        link.up();
        link.put(ExampleCells.release(project, 2, two));
        ready(cell, 2);

        assertThat(plane.client()
                        .resources(CellResource.class)
                        .withName(cell)
                        .get()
                        .getMetadata()
                        .getUid())
                .isEqualTo(before);
        link.delete(cell);
    }

    @Test
    void itGoesOnWhereItWasWhenTheApiServerHasBeenAway() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        ready(cell, 1);

        cluster.restart("kube-apiserver");
        link.put(ExampleCells.release(project, 2, two));

        assertThat(ready(cell, 2).components().getFirst().servingRelease()).isEqualTo("r-000000000002");
        link.delete(cell);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(plane.client()
                                .namespaces()
                                .withName(Names.namespace(cell))
                                .get())
                        .isNull());
    }

    @Test
    void anotherAgentStandsByAndTakesOverWithTheSameIdentity() {
        Agent standby = startAgent();
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(standby.isReady()).isTrue());
            assertThat(standby.isConnected()).isFalse();
            long joins = joins();

            agent.close();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(standby.isConnected()).isTrue());
            String project = cluster.unique();
            link.put(ExampleCells.release(project, 1, one));
            ready(ExampleCells.name(project), 1);

            assertThat(joins()).isEqualTo(joins);
            link.delete(ExampleCells.name(project));
        } finally {
            agent = standby;
        }
    }

    private long joins() {
        return link.asked().stream()
                .filter(request -> request.endsWith("/enrolments"))
                .count();
    }

    @Test
    void aCellThatSomebodyElseAppliedIsLeftAloneAndThatIsSaid() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        plane.apply(ExampleCells.release(project, 1, one));
        plane.ready(cell);

        link.put(ExampleCells.release(project, 7, two));

        until(
                cell,
                status -> assertThat(status.conditions())
                        .anySatisfy(condition -> assertThat(condition.message()).contains("did not bring")));
        assertThat(plane.client()
                        .resources(CellResource.class)
                        .withName(cell)
                        .get()
                        .getSpec()
                        .value()
                        .components()
                        .getFirst()
                        .artifact())
                .isEqualTo(one);
        link.delete(cell);
    }

    @Test
    void aCellThatIsDeliveredByGitIsLeftToWhoeverDeliversItAndToldOf() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.deliveredByGit(ExampleCells.release(project, 1, one)));
        until(cell, status -> {
            assertThat(status.observedVersion()).isNull();
            assertThat(delivered(status).reason()).isEqualTo("Missing");
        });
        assertThat(resource(cell)).isNull();

        plane.applyFromGit(ExampleCells.release(project, 1, one));
        assertThat(delivered(ready(cell, 1)).reason()).isEqualTo("AsWanted");
        assertThat(resource(cell).getMetadata().getLabels()).isNullOrEmpty();

        // The repository is behind what is wanted, and the data plane does not bring it on.
        link.put(ExampleCells.deliveredByGit(ExampleCells.release(project, 2, two)));
        until(cell, status -> assertThat(delivered(status).message()).contains("has version 1; version 2"));
        assertThat(link.status(cell).orElseThrow().observedVersion()).isEqualTo(1);
        plane.applyFromGit(ExampleCells.release(project, 2, two));
        assertThat(ready(cell, 2).components().getFirst().servingRelease()).isEqualTo("r-000000000002");

        // Somebody changed it under the same version.
        plane.applyFromGit(ExampleCells.release(project, 2, one));
        until(cell, status -> {
            assertThat(delivered(status).reason()).isEqualTo("Changed");
            assertThat(status.observedVersion()).isNull();
        });

        link.delete(cell);
        await().during(Duration.ofSeconds(12))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(resource(cell).getMetadata().getDeletionTimestamp())
                        .isNull());
        plane.delete(cell);
        until(cell, removed -> assertThat(removed.components()).isEmpty());
    }

    @Test
    void whatItBroughtItLetsGoWhenGitIsToDeliverAndNothingRestarts() {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        link.put(ExampleCells.release(project, 1, one));
        String pod = instance(ready(cell, 1));

        link.put(ExampleCells.deliveredByGit(ExampleCells.release(project, 1, one)));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(resource(cell).getMetadata().getLabels()).isNullOrEmpty());
        assertThat(resource(cell).getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .doesNotContain("cytoplane-delivery");
        // Without force: no field of it is ours any more.
        plane.applyFromGit(ExampleCells.release(project, 1, one));
        until(cell, status -> assertThat(delivered(status).reason()).isEqualTo("AsWanted"));
        assertThat(instance(ready(cell, 1))).isEqualTo(pod);

        plane.applyFromGit(ExampleCells.release(project, 2, two));
        link.put(ExampleCells.deliveredByGit(ExampleCells.release(project, 2, two)));
        ready(cell, 2);
        link.delete(cell);
        plane.delete(cell);
    }

    private static String instance(CellStatus status) {
        return status.components().getFirst().instances().getFirst().id();
    }

    private static CellStatus.Condition delivered(CellStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals("Delivered"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing is said of the delivery: " + status));
    }

    private CellResource resource(String cell) {
        return plane.client().resources(CellResource.class).withName(cell).get();
    }

    /** What the Deployment of the component runs. */
    private String image(String cell) {
        return plane.client()
                .apps()
                .deployments()
                .inNamespace(Names.namespace(cell))
                .withName("web")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private CellStatus ready(String cell, long version) {
        until(cell, status -> {
            assertThat(status.observedVersion()).isEqualTo(version);
            assertThat(status.components())
                    .isNotEmpty()
                    .extracting(CellStatus.Component::phase)
                    .containsOnly(Phase.READY);
        });
        return link.status(cell).orElseThrow();
    }

    private void until(String cell, Consumer<CellStatus> holds) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(link.status(cell)).hasValueSatisfying(holds));
    }
}
