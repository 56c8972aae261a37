package dev.cytoplane.dataplane.cell;

import dev.cytoplane.dataplane.gateway.Gateway;
import java.time.Duration;
import java.util.Optional;

/** Sees whether the gateway does what it was told; a release that it routes to is from then on the one that serves. */
final class AwaitGateway implements Step {

    private final Gateway gateway;
    private final ServingRelease servingRelease;

    AwaitGateway(Gateway gateway, ServingRelease servingRelease) {
        this.gateway = gateway;
        this.servingRelease = servingRelease;
    }

    @Override
    public Optional<Duration> take(CellPass pass) {
        pass.inForce = gateway.inForce(pass.name());
        boolean current = pass.inForce.filter(offer -> offer.equals(pass.offer)).isPresent();
        pass.desired.forEach((name, desired) -> {
            if (current && pass.plan(name).complete() && !desired.component.equals(pass.serving.get(name))) {
                servingRelease.write(pass.name(), desired.component);
                pass.serving.put(name, desired.component);
            }
        });
        pass.gatewayIsCurrent = current;
        return Optional.empty();
    }
}
