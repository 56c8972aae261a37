package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayFiles;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.desired.Place;
import dev.cytoplane.dataplane.kubernetes.desired.SharedGateway;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import dev.cytoplane.dataplane.kubernetes.testing.Calls;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.KeptConnection;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.testing.TestAuthority;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The gateway that the cells of an environment share, while cells come, change, break and go. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
class SharedGatewayOnKubernetesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ENVIRONMENT = new Environment("acme", "production").namespace();

    private Cluster cluster;
    private TestPlane plane;
    private Cell.Artifact artifact;
    private String outsider;
    private String orders;
    private String shop;

    @BeforeAll
    void twoCells(Cluster given, @TempDir Path work) {
        cluster = given;
        plane = new TestPlane(cluster, new TestAuthority(Clock.systemUTC()), work, Gates.Kind.ENVIRONMENT);
        outsider = plane.outsider();
        artifact = plane.service("one");
        String base = cluster.unique();
        orders = base + "o";
        shop = base + "s";
        plane.apply(ordersCell("/api"));
        plane.apply(shopCell());
        plane.ready(ExampleCells.name(orders));
        plane.ready(ExampleCells.name(shop));
    }

    @AfterAll
    void nothingIsLeft() {
        plane.close();
    }

    @Test
    void aCallGoesThrough() {
        assertThat(get(shop, "/get?OTHER_URL")).isEqualTo("200 one");
    }

    @Test
    void aPartThatIsRefusedIsItsCellsMatterAndWhatWasInForceOfItStays() {
        String project = cluster.unique();
        String name = ExampleCells.name(project);
        plane.apply(web(project, "/"));
        plane.ready(name);

        Cell.Component web = ExampleCells.component("web", artifact).build();
        Cell.Component twin = ExampleCells.component("twin", artifact).build();
        plane.apply(ExampleCells.cell(project, web, twin));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(condition(name, CellResourceStatus.GATEWAY_READY))
                        .satisfies(condition -> {
                            assertThat(condition.getStatus()).isEqualTo("False");
                            assertThat(condition.getReason()).isEqualTo("ConfigurationRefused");
                            assertThat(condition.getMessage()).contains("two public routes have the path /");
                        }));
        assertThat(get(project, "/")).isEqualTo("one");
        assertThat(condition(ExampleCells.name(shop), CellResourceStatus.READY).getStatus())
                .isEqualTo("True");
        String other = cluster.unique();
        plane.apply(web(other, "/new"));
        plane.ready(ExampleCells.name(other));
        assertThat(get(other, "/new/")).as("neighbours go on").isEqualTo("one");

        plane.apply(web(project, "/"));
        plane.ready(name);
    }

    @Test
    void cellsThatChangeAtOnceAllArriveAndKeepTheirPorts() {
        String[] projects = {cluster.unique(), cluster.unique(), cluster.unique(), cluster.unique()};
        for (String project : projects) {
            plane.apply(web(project, "/"));
        }
        for (String project : projects) {
            plane.ready(ExampleCells.name(project));
        }
        Map<String, Place> before = places();

        plane.stopOperator();
        plane.startOperator();
        for (String project : projects) {
            plane.apply(web(project, "/new"));
        }
        for (String project : projects) {
            plane.ready(ExampleCells.name(project));
            assertThat(get(project, "/new/")).isEqualTo("one");
        }

        Map<String, Place> after = places();
        before.forEach((cell, place) -> {
            Place now = Objects.requireNonNull(after.get(cell), cell);
            assertThat(now.westboundPort()).isEqualTo(place.westboundPort());
            assertThat(now.outboundPort()).isEqualTo(place.outboundPort());
        });
        assertThat(after.values().stream().map(Place::outboundPort)).doesNotHaveDuplicates();
    }

    @Test
    void whatAQuotaRefusesOfItIsToldWithEachCellAndMendsItself() {
        ResourceQuota none = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("none")
                .withNamespace(ENVIRONMENT)
                .endMetadata()
                .withNewSpec()
                .withHard(Map.of("pods", new Quantity("0")))
                .endSpec()
                .build();
        plane.client().resource(none).create();
        try {
            plane.client().pods().inNamespace(ENVIRONMENT).delete();
            for (String project : new String[] {orders, shop}) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(
                                        condition(ExampleCells.name(project), CellResourceStatus.GATEWAY_READY))
                                .satisfies(condition -> {
                                    assertThat(condition.getStatus()).isEqualTo("False");
                                    assertThat(condition.getMessage()).contains("exceeded quota: none");
                                }));
            }
        } finally {
            plane.client().resource(none).delete();
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(shop, "/get?OTHER_URL")).isEqualTo("200 one"));
        plane.ready(ExampleCells.name(orders));
        plane.ready(ExampleCells.name(shop));
    }

    @Test
    void aDeletedCellLeavesAndTheOthersDoNotNotice() throws Exception {
        String project = cluster.unique();
        String name = ExampleCells.name(project);
        plane.apply(web(project, "/"));
        plane.ready(name);
        try (KeptConnection kept = kept(shop)) {
            assertThat(kept.get("/")).isEqualTo("one");

            plane.delete(name);

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(places()).doesNotContainKey(name);
                assertThat(plane.client()
                                .services()
                                .inNamespace(ENVIRONMENT)
                                .withName(Names.namespace(name))
                                .get())
                        .isNull();
                assertThat(plane.client()
                                .network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(ENVIRONMENT)
                                .withName(Names.namespace(name))
                                .get())
                        .isNull();
                assertThat(plane.client()
                                .namespaces()
                                .withName(Names.namespace(name))
                                .get())
                        .isNull();
            });
            assertThat(kept.get("/")).as("on the same connection").isEqualTo("one");
        }
        assertThat(get(shop, "/get?OTHER_URL")).isEqualTo("200 one");
    }

    @Test
    void certificatesChangeWithoutADroppedConnectionOrAFailedCall() throws Exception {
        String caller = cluster.unique();
        plane.apply(ordersCell("/api", shop, caller));
        plane.apply(ExampleCells.cell(
                caller,
                ExampleCells.component("web", artifact)
                        .connections(ExampleCells.toApiOf(orders))
                        .build()));
        plane.ready(ExampleCells.name(orders));
        plane.ready(ExampleCells.name(caller));
        assertThat(get(caller, "/get?OTHER_URL")).isEqualTo("200 one");
        try (KeptConnection kept = kept(caller)) {
            assertThat(kept.get("/repeat?OTHER_URL")).isEqualTo("calling");
            for (int round = 1; round <= 3; round++) {
                for (String project : new String[] {orders, caller}) {
                    String before = certificate(project);
                    await().atMost(PATIENCE).until(() -> {
                        String now = certificate(project);
                        // What was being applied in that moment brings the old one back.
                        if (now.equals(before)) {
                            loseCertificate(project);
                        }
                        return !now.isEmpty() && !now.equals(before);
                    });
                    await().atMost(PATIENCE).until(() -> certificate(project).equals(served(project)));
                }
                long until = Calls.of(kept.get("/repeated")).made() + 100;
                await().atMost(PATIENCE)
                        .until(() -> Calls.of(kept.get("/repeated")).made() >= until);
            }
            Calls calls = Calls.of(kept.get("/repeated"));
            assertThat(calls.failed()).as(calls.said()).isZero();
        }
        plane.delete(ExampleCells.name(caller));
    }

    /** A connection to the gateway's pod, which ends when the gateway ends it. */
    private KeptConnection kept(String project) throws Exception {
        Pod pod =
                plane.client().pods().inNamespace(ENVIRONMENT).list().getItems().getFirst();
        return KeptConnection.open(plane.client(), pod, 8080, ExampleCells.host(ExampleCells.name(project)));
    }

    private String certificate(String project) {
        return secret(Names.namespace(ExampleCells.name(project)))
                .get()
                .getData()
                .getOrDefault(GatewayFiles.CERTIFICATE, "");
    }

    private String served(String project) {
        return secret(ENVIRONMENT)
                .get()
                .getData()
                .getOrDefault(Names.namespace(ExampleCells.name(project)) + ".pem", "");
    }

    /** A certificate that is missing is issued anew, as one that is due is. */
    private void loseCertificate(String project) {
        secret(Names.namespace(ExampleCells.name(project))).edit(found -> {
            found.getData().put(GatewayFiles.CERTIFICATE, "");
            return found;
        });
    }

    private Resource<Secret> secret(String namespace) {
        return plane.client().secrets().inNamespace(namespace).withName(Names.GATEWAY_CONFIGURATION);
    }

    private Map<String, Place> places() {
        return SharedGateway.places(secret(ENVIRONMENT).get());
    }

    private Condition condition(String cell, String type) {
        return plane.client().resources(CellResource.class).withName(cell).get().getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private Cell web(String project, String path) {
        return ExampleCells.cell(
                project,
                ExampleCells.component("web", artifact)
                        .endpoints(TestCells.endpoint("http", Visibility.PUBLIC, path))
                        .build());
    }

    private Cell shopCell() {
        return ExampleCells.cell(
                shop,
                ExampleCells.component("web", artifact)
                        .connections(ExampleCells.toApiOf(orders))
                        .build());
    }

    private Cell ordersCell(String path) {
        return ordersCell(path, shop);
    }

    private Cell ordersCell(String path, String... callers) {
        return ExampleCells.calledAt(path, orders, artifact, callers);
    }

    private String get(String project, String path) {
        return plane.answer(outsider, "http://" + ExampleCells.host(ExampleCells.name(project)) + path);
    }
}
