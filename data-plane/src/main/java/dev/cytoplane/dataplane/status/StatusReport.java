package dev.cytoplane.dataplane.status;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.cell.CellStatus.State;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.cell.CellView;
import dev.cytoplane.dataplane.gateway.Offer;
import dev.cytoplane.dataplane.runtime.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From what was found to what is told: a pure function. */
final class StatusReport {

    /**
     * @param tasks what is known of a component's runs
     * @param inForce what the gateway does for the cell
     * @param gatewayFault why the gateway does not do what it was told
     * @param httpPort the front door in clear
     * @param httpsPort the front door in TLS
     */
    record Input(
            CellView view,
            List<Instance> instances,
            Function<String, Optional<CellStatus.Task>> tasks,
            Optional<Offer> inForce,
            Optional<String> gatewayFault,
            Optional<String> westboundAddress,
            @Nullable Integer httpPort,
            @Nullable Integer httpsPort) {}

    private StatusReport() {}

    static CellStatus of(Input input, @Nullable CellStatus before, Instant now) {
        CellView view = input.view();
        String name = view.cell().metadata().name();
        if (view.removed()) {
            return new CellStatus(
                    name,
                    view.cell().metadata().version(),
                    List.of(condition("Ready", State.FALSE, "Removed", "The cell is removed", before, now)),
                    List.of(),
                    null);
        }
        List<CellStatus.Component> components = view.cell().spec().components().stream()
                .map(component -> component(component, input))
                .toList();
        return new CellStatus(
                name,
                view.cell().metadata().version(),
                List.of(ready(components, before, now), gateway(input, before, now)),
                components,
                input.westboundAddress().orElse(null));
    }

    private static CellStatus.Condition ready(
            List<CellStatus.Component> components, @Nullable CellStatus before, Instant now) {
        List<String> not = components.stream()
                .filter(component -> component.phase() != Phase.READY)
                .map(CellStatus.Component::name)
                .toList();
        if (not.isEmpty()) {
            return condition("Ready", State.TRUE, "AllReady", "Every component is ready", before, now);
        }
        boolean failed = components.stream().anyMatch(component -> component.phase() == Phase.FAILED);
        return condition(
                "Ready",
                State.FALSE,
                failed ? "Failed" : "NotReady",
                "Not ready: " + String.join(", ", not),
                before,
                now);
    }

    private static CellStatus.Condition gateway(Input input, @Nullable CellStatus before, Instant now) {
        if (input.gatewayFault().isPresent()) {
            return condition(
                    "GatewayConfigured",
                    State.FALSE,
                    "Fault",
                    input.gatewayFault().get(),
                    before,
                    now);
        }
        return input.inForce().isPresent()
                ? condition("GatewayConfigured", State.TRUE, "Applied", "The gateway guards the cell", before, now)
                : condition(
                        "GatewayConfigured",
                        State.UNKNOWN,
                        "Pending",
                        "The gateway has not taken up the cell yet",
                        before,
                        now);
    }

    private static CellStatus.Condition condition(
            String type, State state, String reason, String message, @Nullable CellStatus before, Instant now) {
        Instant since = before == null
                ? now
                : before.conditions().stream()
                        .filter(known -> known.type().equals(type) && known.status() == state)
                        .map(CellStatus.Condition::lastTransitionTime)
                        .findFirst()
                        .orElse(now);
        return new CellStatus.Condition(type, state, reason, message, since);
    }

    private static CellStatus.Component component(Cell.Component component, Input input) {
        List<Instance> instances = input.instances().stream()
                .filter(instance -> instance.component().equals(component.name()))
                .toList();
        int ready = (int) instances.stream()
                .filter(instance -> instance.ready() && instance.release().equals(component.release()))
                .count();
        CellView.ComponentView found = input.view().components().get(component.name());
        return new CellStatus.Component(
                component.name(),
                found == null ? null : found.servingRelease(),
                component.release(),
                found == null ? Phase.PROGRESSING : found.phase(),
                found == null ? "Not looked at yet" : found.message(),
                component.replicas(),
                Math.min(ready, component.replicas()),
                instances.stream().map(StatusReport::instance).toList(),
                component.endpoints().stream()
                        .map(endpoint -> endpoint(component, endpoint, input))
                        .toList(),
                component.task() == null
                        ? null
                        : input.tasks().apply(component.name()).orElse(null),
                component.autoscaling() == null ? null : unscaled(component, instances.size()));
    }

    /** Load is not looked at here. */
    private static CellStatus.Autoscaling unscaled(Cell.Component component, int instances) {
        return new CellStatus.Autoscaling(
                false,
                instances,
                component.replicas(),
                "A data plane on one machine does not scale by load; it runs the fewest, " + component.replicas());
    }

    private static CellStatus.Instance instance(Instance instance) {
        return new CellStatus.Instance(
                instance.id(),
                instance.release(),
                instance.phase(),
                instance.pid(),
                instance.startedAt(),
                instance.restarts(),
                instance.lastExit(),
                instance.memoryBytes(),
                instance.cpuMillis());
    }

    private static CellStatus.Endpoint endpoint(Cell.Component component, Cell.Endpoint endpoint, Input input) {
        boolean healthy = input.inForce()
                .flatMap(offer -> Optional.ofNullable(offer.serving().get(component.name())))
                .filter(serving -> serving.instances().stream()
                        .anyMatch(target -> target.addresses().containsKey(endpoint.name())))
                .isPresent();
        return new CellStatus.Endpoint(endpoint.name(), endpoint.visibility(), urls(endpoint, input), healthy);
    }

    private static List<String> urls(Cell.Endpoint endpoint, Input input) {
        String host = input.view().cell().spec().host();
        List<String> urls = new ArrayList<>();
        if (endpoint.visibility() == Visibility.PUBLIC) {
            if (input.httpPort() != null) {
                urls.add("http://" + host + port(input.httpPort(), 80) + endpoint.path());
            }
            if (input.httpsPort() != null) {
                urls.add("https://" + host + port(input.httpsPort(), 443) + endpoint.path());
            }
        } else if (endpoint.visibility() == Visibility.ORGANIZATION) {
            input.westboundAddress().ifPresent(address -> urls.add("mtls://" + address + endpoint.path()));
        }
        return urls;
    }

    private static String port(int port, int usual) {
        return port == usual ? "" : ":" + port;
    }
}
