package dev.cytoplane.dataplane.cell;

import dev.cytoplane.dataplane.runtime.Runtime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Removes what is left of components that are not wanted any more, once nothing of them runs. Their data stays. */
final class Prune implements Step {

    private final Runtime runtime;
    private final ServingRelease servingRelease;
    private Set<String> componentsBefore = Set.of();

    Prune(Runtime runtime, ServingRelease servingRelease) {
        this.runtime = runtime;
        this.servingRelease = servingRelease;
    }

    @Override
    public Optional<Duration> take(CellPass pass) {
        Set<String> gone = new HashSet<>(componentsBefore);
        gone.removeAll(pass.plans.keySet());
        gone.forEach(component -> runtime.forget(pass.name(), component));
        pass.plans.keySet().stream()
                .filter(component -> !pass.desired.containsKey(component))
                .forEach(component -> servingRelease.delete(pass.name(), component));
        componentsBefore = Set.copyOf(pass.plans.keySet());
        return Optional.empty();
    }
}
