package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.gateway.Gateway;
import java.time.Duration;
import java.util.Optional;

/** Names the releases that may have to run: the wanted one of each component, and another one that served last. */
final class FindReleases implements Step {

    private final Gateway gateway;
    private final ServingRelease servingRelease;

    FindReleases(Gateway gateway, ServingRelease servingRelease) {
        this.gateway = gateway;
        this.servingRelease = servingRelease;
    }

    @Override
    public Optional<Duration> take(CellPass pass) {
        for (Cell.Component component : pass.cell.spec().components()) {
            CellPass.Candidate desired =
                    new CellPass.Candidate(component, gateway.connectionUrls(pass.cell, component));
            pass.desired.put(component.name(), desired);
            servingRelease.read(pass.name(), component.name()).ifPresent(served -> {
                pass.serving.put(component.name(), served);
                CellPass.Candidate last = new CellPass.Candidate(served, gateway.connectionUrls(pass.cell, served));
                if (!last.revision.equals(desired.revision)) {
                    pass.last.put(component.name(), last);
                }
            });
        }
        return Optional.empty();
    }
}
