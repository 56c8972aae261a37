package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.gateway.Gateway;
import dev.cytoplane.dataplane.gateway.Offer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells the gateway where the cell's components are now. */
final class ConfigureGateway implements Step {

    private final Gateway gateway;

    ConfigureGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Optional<Duration> take(CellPass pass) {
        Map<String, Offer.Serving> serving = new TreeMap<>();
        pass.desired.forEach((name, desired) -> {
            Rollout.Plan plan = pass.plan(name);
            if (!plan.serve().isEmpty()) {
                Cell.Component running = pass.candidateOf(plan.serve().getFirst())
                        .map(candidate -> candidate.component)
                        .orElse(desired.component);
                serving.put(
                        name,
                        new Offer.Serving(
                                running,
                                plan.serve().stream()
                                        .map(instance -> new Offer.Target(instance.id(), instance.addresses()))
                                        .toList()));
            }
        });
        pass.offer = new Offer(pass.cell, serving);
        gateway.offer(pass.offer);
        return Optional.empty();
    }
}
