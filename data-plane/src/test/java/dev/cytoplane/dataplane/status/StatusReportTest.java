package dev.cytoplane.dataplane.status;

import static dev.cytoplane.dataplane.testing.TestCells.cell;
import static dev.cytoplane.dataplane.testing.TestCells.endpoint;
import static dev.cytoplane.dataplane.testing.TestCells.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.InstancePhase;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.cell.CellStatus.State;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.cell.CellView;
import dev.cytoplane.dataplane.gateway.Offer;
import dev.cytoplane.dataplane.runtime.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusReportTest {

    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private final Cell.Component web = service("web")
            .release("r-2", DIGEST)
            .replicas(2)
            .endpoints(
                    endpoint("http", Visibility.PUBLIC, "/"),
                    endpoint("admin", Visibility.ORGANIZATION, "/admin"),
                    endpoint("inner", Visibility.PROJECT, "/inner"))
            .build();
    private final Cell.Component api =
            service("api").release("r-9", DIGEST).autoscaling(1, 3, 70).build();
    private final Cell cell = cell("shop", 4, web, api);

    @ParameterizedTest
    @CsvSource({
        "READY, READY, TRUE, AllReady",
        "READY, PROGRESSING, FALSE, NotReady",
        "DEGRADED, READY, FALSE, NotReady",
        "FAILED, PROGRESSING, FALSE, Failed",
    })
    void aCellIsAsReadyAsItsComponents(Phase ofWeb, Phase ofApi, State ready, String reason) {
        CellStatus status = report(ofWeb, ofApi, Optional.empty(), null);
        assertThat(status.observedVersion()).isEqualTo(4);
        assertThat(condition(status, "Ready").status()).isEqualTo(ready);
        assertThat(condition(status, "Ready").reason()).isEqualTo(reason);
    }

    @Test
    void aConditionKeepsTheTimeOfItsLastChange() {
        CellStatus first = StatusReport.of(input(Phase.PROGRESSING, Phase.READY, Optional.empty()), null, BEFORE);
        CellStatus same = report(Phase.PROGRESSING, Phase.READY, Optional.empty(), first);
        assertThat(condition(same, "Ready").lastTransitionTime()).isEqualTo(BEFORE);
        CellStatus other = report(Phase.READY, Phase.READY, Optional.empty(), first);
        assertThat(condition(other, "Ready").lastTransitionTime()).isEqualTo(NOW);
    }

    @Test
    void onlyReadyInstancesOfTheWantedReleaseCount() {
        CellStatus.Component found = report(Phase.PROGRESSING, Phase.READY, Optional.empty(), null)
                .components()
                .getFirst();
        assertThat(found.readyReplicas()).isEqualTo(1);
        assertThat(found.replicas()).isEqualTo(2);
        assertThat(found.instances())
                .extracting(CellStatus.Instance::id)
                .containsExactly("web-old", "web-new", "web-starting");
        assertThat(found.desiredRelease()).isEqualTo("r-2");
        assertThat(found.servingRelease()).isEqualTo("r-1");
    }

    @Test
    void whatIsToBeScaledByLoadRunsTheFewestAndThatIsSaid() {
        List<CellStatus.Component> components =
                report(Phase.READY, Phase.READY, Optional.empty(), null).components();

        assertThat(components.getFirst().autoscaling()).isNull();
        assertThat(components.getLast().autoscaling())
                .isEqualTo(new CellStatus.Autoscaling(
                        false, 0, 1, "A data plane on one machine does not scale by load; it runs the fewest, 1"));
    }

    @Test
    void anAddressIsToldToThoseWhoMayUseIt() {
        Map<String, List<String>> urls = new java.util.TreeMap<>();
        report(Phase.READY, Phase.READY, Optional.empty(), null)
                .components()
                .getFirst()
                .endpoints()
                .forEach(endpoint -> urls.put(endpoint.name(), endpoint.urls()));
        assertThat(urls)
                .containsEntry(
                        "http",
                        List.of(
                                "http://shop.production.acme.localhost:8080/",
                                "https://shop.production.acme.localhost/"))
                .containsEntry("admin", List.of("mtls://127.0.0.1:15000/admin"))
                .containsEntry("inner", List.of());
    }

    @Test
    void anEndpointIsHealthyWhenTheGatewaySendsCallsToAnInstanceOfIt() {
        List<CellStatus.Endpoint> endpoints = report(Phase.READY, Phase.READY, Optional.empty(), null)
                .components()
                .getFirst()
                .endpoints();
        assertThat(endpoints)
                .filteredOn(CellStatus.Endpoint::healthy)
                .extracting(CellStatus.Endpoint::name)
                .containsExactly("http");
    }

    @Test
    void theGatewaysFaultIsTold() {
        CellStatus.Condition fault =
                condition(report(Phase.READY, Phase.READY, Optional.of("port in use"), null), "GatewayConfigured");
        assertThat(fault.status()).isEqualTo(State.FALSE);
        assertThat(fault.message()).isEqualTo("port in use");
        CellStatus.Condition unknown = condition(
                StatusReport.of(
                        new StatusReport.Input(
                                new CellView(cell, Map.of(), false),
                                List.of(),
                                component -> Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                null,
                                null),
                        null,
                        NOW),
                "GatewayConfigured");
        assertThat(unknown.status()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aRemovedCellHasNothing() {
        CellStatus status = StatusReport.of(
                new StatusReport.Input(
                        new CellView(cell, Map.of(), true),
                        List.of(),
                        component -> Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        8080,
                        443),
                null,
                NOW);
        assertThat(status.components()).isEmpty();
        assertThat(condition(status, "Ready").reason()).isEqualTo("Removed");
    }

    private CellStatus report(Phase ofWeb, Phase ofApi, Optional<String> fault, @Nullable CellStatus before) {
        return StatusReport.of(input(ofWeb, ofApi, fault), before, NOW);
    }

    private StatusReport.Input input(Phase ofWeb, Phase ofApi, Optional<String> fault) {
        Map<String, String> addresses = Map.of("http", "127.0.0.1:15001");
        return new StatusReport.Input(
                new CellView(
                        cell,
                        Map.of(
                                "web", new CellView.ComponentView("r-1", ofWeb, "a sentence"),
                                "api", new CellView.ComponentView("r-9", ofApi, "a sentence")),
                        false),
                List.of(
                        instance("web-old", "r-1", InstancePhase.READY),
                        instance("web-new", "r-2", InstancePhase.READY),
                        instance("web-starting", "r-2", InstancePhase.STARTING)),
                component -> Optional.empty(),
                Optional.of(new Offer(
                        cell, Map.of("web", new Offer.Serving(web, List.of(new Offer.Target("web-old", addresses)))))),
                fault,
                Optional.of("127.0.0.1:15000"),
                8080,
                443);
    }

    private static CellStatus.Condition condition(CellStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Instance instance(String id, String release, InstancePhase phase) {
        return new Instance(
                id, "web", release, release, 0, phase, Map.of(), 17L, BEFORE, BEFORE, 0, 0, null, null, null);
    }
}
