package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.desired.Place;
import dev.cytoplane.dataplane.kubernetes.desired.SharedGateway;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where the cells of an environment share one; and what only then there is to try. */
@WithKubernetes
class SharedGatewayRulesTest extends CellRules {

    private static final String ENVIRONMENT = new Environment("acme", "production").namespace();

    @Override
    Gates.Kind gateways() {
        return Gates.Kind.ENVIRONMENT;
    }

    @Test
    void theGatewayIsOneAndNoCellHasItsOwn() {
        assertThat(plane.client().pods().inNamespace(ENVIRONMENT).list().getItems())
                .hasSize(1);
        for (String project : new String[] {orders, shop, intruder}) {
            assertThat(plane.client()
                            .apps()
                            .deployments()
                            .inNamespace(Names.namespace(ExampleCells.name(project)))
                            .list()
                            .getItems())
                    .extracting(deployment -> deployment.getMetadata().getName())
                    .doesNotContain(Names.GATEWAY);
        }
    }

    @Test
    void aComponentReachesThePortOfItsOwnCellAndNoOther() {
        assertThat(from(shop, "/dial?cell-gateway:9080")).isEqualTo("connected");
        assertThat(from(shop, "/dial?" + ExampleCells.host(ExampleCells.name(intruder)) + ":9080"))
                .startsWith("ConnectException");
        assertThat(from(shop, "/dial?cell-gateway:9443")).startsWith("ConnectException");

        String pod = gateway().getStatus().getPodIP();
        Map<String, Place> places = places();
        assertThat(from(shop, "/dial?" + pod + ":" + place(places, shop).outboundPort()))
                .isEqualTo("connected");
        for (String project : new String[] {orders, intruder}) {
            assertThat(from(shop, "/dial?" + pod + ":" + place(places, project).outboundPort()))
                    .as("who comes in there speaks as " + project)
                    .startsWith("ConnectException");
        }
        for (Place place : places.values()) {
            assertThat(from(shop, "/dial?" + pod + ":" + place.westboundPort())).startsWith("ConnectException");
        }
        assertThat(from(shop, "/dial?" + pod + ":9090")).startsWith("ConnectException");
    }

    @Test
    void nobodyOutsideReachesAPortOfACellNorTheManagement() {
        String pod = gateway().getStatus().getPodIP();

        places().values().forEach(place -> {
            assertThat(plane.from(outsider, "dial", pod + ":" + place.outboundPort()))
                    .contains("refused");
            assertThat(plane.from(outsider, "dial", pod + ":" + place.westboundPort()))
                    .contains("refused");
        });
        assertThat(plane.from(outsider, "dial", pod + ":9090")).contains("refused");
    }

    @Test
    void aPodWithTheLabelsOfAComponentInAnotherNamespaceDoesNotSpeakForItsCell() {
        String thief = plane.outsider(Map.of("app.kubernetes.io/name", "web", "cytoplane.dev/role", "component"));

        assertThat(plane.from(thief, "dial", ExampleCells.host(ExampleCells.name(shop)) + ":9080"))
                .contains("refused");
        assertThat(plane.from(thief, "dial", ExampleCells.host(ExampleCells.name(orders)) + ":9443"))
                .contains("refused");
    }

    @Test
    void aNewPodOfANeighbourDoesNotReachAnotherCellsPortFromItsFirstMomentOn() {
        String project = shop + "n";
        String name = ExampleCells.name(project);
        String door =
                gateway().getStatus().getPodIP() + ":" + place(places(), shop).outboundPort();
        plane.apply(ExampleCells.cell(
                project,
                ExampleCells.component("web", artifact)
                        .replicas(3)
                        .environment(Map.of("BEHAVIOUR", "knock", "DOOR", door))
                        .build()));
        plane.ready(name);

        assertThat(plane.client()
                        .pods()
                        .inNamespace(Names.namespace(name))
                        .withLabel("app.kubernetes.io/name", "web")
                        .list()
                        .getItems())
                .hasSize(3)
                .allSatisfy(pod -> assertThat(plane.client()
                                .pods()
                                .resource(pod)
                                .inContainer(Names.COMPONENT)
                                .getLog())
                        .contains(door + " Connection refused")
                        .doesNotContain("connected"));
    }

    @Test
    void aThirdPartyThatIsTheGatewayItselfIsNotReached() {
        String project = shop + "x";
        String name = ExampleCells.name(project);
        plane.apply(ExampleCells.cell(
                project,
                ExampleCells.component("web", artifact)
                        .connections(
                                external("management", "http://127.0.0.1:9090"),
                                external("itself", "http://localhost:8080"))
                        .build()));
        plane.ready(name);

        assertThat(from(project, "/get?MANAGEMENT")).startsWith("503");
        assertThat(from(project, "/get?ITSELF")).startsWith("503");
    }

    private static Cell.Connection external(String name, String url) {
        return new Cell.Connection(name, name.toUpperCase(java.util.Locale.ROOT), null, null, new Cell.External(url));
    }

    private static Place place(Map<String, Place> places, String project) {
        return Objects.requireNonNull(places.get(ExampleCells.name(project)));
    }

    private Map<String, Place> places() {
        return SharedGateway.places(plane.client()
                .secrets()
                .inNamespace(ENVIRONMENT)
                .withName(Names.GATEWAY_CONFIGURATION)
                .get());
    }

    private Pod gateway() {
        return plane.client().pods().inNamespace(ENVIRONMENT).list().getItems().getFirst();
    }
}
