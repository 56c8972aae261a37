package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.cell.CellStatus.State;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayAddress;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A resource's status in the words of the link: a pure function. */
record SeenCell(
        Cell cell,
        CellResourceStatus seen,
        ClusterSettings settings,
        Function<Cell.Component, Optional<CellStatus.Task>> tasks) {

    /** The names that the platform knows the operator's conditions by. */
    private static final Map<String, String> CONDITIONS =
            Map.of(CellResourceStatus.READY, "Ready", CellResourceStatus.GATEWAY_READY, "GatewayConfigured");

    CellStatus status(List<CellPods.Seen> pods) {
        Map<String, CellResourceStatus.ComponentStatus> statuses = seen.components().stream()
                .collect(Collectors.toMap(
                        CellResourceStatus.ComponentStatus::name, Function.identity(), (one, _) -> one));
        return new CellStatus(
                cell.metadata().name(),
                cell.metadata().version(),
                seen.conditions().stream()
                        .filter(condition -> CONDITIONS.containsKey(condition.getType()))
                        .map(SeenCell::condition)
                        .toList(),
                cell.spec().components().stream()
                        .map(component ->
                                component(component, Optional.ofNullable(statuses.get(component.name())), pods))
                        .toList(),
                Optional.ofNullable(seen.gateway())
                        .map(CellResourceStatus.GatewayStatus::westboundAddress)
                        .orElse(null));
    }

    private static CellStatus.Condition condition(Condition condition) {
        return new CellStatus.Condition(
                CONDITIONS.getOrDefault(condition.getType(), condition.getType()),
                condition.getStatus().equals("True") ? State.TRUE : State.FALSE,
                condition.getReason(),
                condition.getMessage(),
                Instant.parse(condition.getLastTransitionTime()));
    }

    private boolean gatewayIsReady() {
        return condition(CellResourceStatus.GATEWAY_READY)
                .filter(condition -> condition.getStatus().equals("True"))
                .isPresent();
    }

    private Optional<Condition> condition(String type) {
        return seen.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private String why(String type, String otherwise) {
        return condition(type)
                .filter(condition -> !condition.getStatus().equals("True"))
                .map(Condition::getMessage)
                .orElse(otherwise);
    }

    private CellStatus.Component component(
            Cell.Component component, Optional<CellResourceStatus.ComponentStatus> status, List<CellPods.Seen> pods) {
        boolean ready =
                status.filter(it -> it.phase().equals(Phase.READY.name())).isPresent();
        boolean waiting = ready && !gatewayIsReady();
        int readyReplicas =
                status.map(CellResourceStatus.ComponentStatus::readyReplicas).orElse(0);
        Optional<CellStatus.Autoscaling> autoscaling = component.autoscaling() == null
                ? Optional.empty()
                : status.map(CellResourceStatus.ComponentStatus::autoscaling)
                        .map(it -> new CellStatus.Autoscaling(it.active(), it.instances(), it.wanted(), it.message()));
        return new CellStatus.Component(
                component.name(),
                status.map(CellResourceStatus.ComponentStatus::servingRelease).orElse(null),
                component.release(),
                waiting
                        ? Phase.PROGRESSING
                        : status.map(it -> Phase.valueOf(it.phase())).orElse(Phase.PROGRESSING),
                status.map(it -> waiting
                                ? it.message() + "; the gateway is not ready yet: "
                                        + why(CellResourceStatus.GATEWAY_READY, "not looked at")
                                : it.message())
                        .orElseGet(() -> why(CellResourceStatus.READY, "Not looked at yet")),
                autoscaling.map(CellStatus.Autoscaling::wanted).orElse(component.replicas()),
                readyReplicas,
                pods.stream()
                        .filter(pod -> pod.component().equals(component.name()))
                        .map(CellPods.Seen::instance)
                        .toList(),
                component.endpoints().stream()
                        .map(endpoint -> new CellStatus.Endpoint(
                                endpoint.name(),
                                endpoint.visibility(),
                                urls(endpoint),
                                readyReplicas > 0 && (gatewayIsReady() || endpoint.visibility() == Visibility.PROJECT)))
                        .toList(),
                tasks.apply(component).orElse(null),
                autoscaling.orElse(null));
    }

    private List<String> urls(Cell.Endpoint endpoint) {
        List<String> urls = new ArrayList<>();
        if (endpoint.visibility() == Visibility.PUBLIC) {
            Optional.ofNullable(seen.gateway()).stream()
                    .flatMap(gateway -> gateway.publicUrls().stream())
                    .forEach(url -> urls.add(url + endpoint.path()));
        } else if (endpoint.visibility() == Visibility.ORGANIZATION) {
            urls.add("mtls://" + GatewayAddress.inside(cell.metadata().name(), settings) + endpoint.path());
        }
        return urls;
    }
}
