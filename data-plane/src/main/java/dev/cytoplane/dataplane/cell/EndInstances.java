package dev.cytoplane.dataplane.cell;

import dev.cytoplane.dataplane.runtime.Instance;
import dev.cytoplane.dataplane.runtime.Runtime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ends instances that the gateway routes to no more, after the calls that they were given have had a moment to finish.
 */
final class EndInstances implements Step {

    private final Runtime runtime;
    private final Duration drain;
    private final Clock clock;
    /** Since when no call is sent to an instance. Only for the cell this step belongs to. */
    private final Map<String, Instant> unreachableSince = new HashMap<>();

    EndInstances(Runtime runtime, Duration drain, Clock clock) {
        this.runtime = runtime;
        this.drain = drain;
        this.clock = clock;
    }

    @Override
    public Optional<Duration> take(CellPass pass) {
        if (pass.inForce.isEmpty()) {
            // What the gateway does is not known, so nothing is known to be out of its reach.
            return Optional.empty();
        }
        Set<String> reachable = pass.inForce.get().instances();
        Instant now = clock.instant();
        Set<String> retired = new HashSet<>();
        List<String> ready = new ArrayList<>();
        Duration wait = null;
        for (Rollout.Plan plan : pass.plans.values()) {
            for (Instance instance : plan.retire()) {
                if (reachable.contains(instance.id())) {
                    continue;
                }
                retired.add(instance.id());
                Instant since = unreachableSince.computeIfAbsent(instance.id(), id -> now);
                Duration left = instance.ready() ? drain.minus(Duration.between(since, now)) : Duration.ZERO;
                if (left.isPositive()) {
                    wait = wait == null || left.compareTo(wait) < 0 ? left : wait;
                } else {
                    ready.add(instance.id());
                }
            }
        }
        unreachableSince.keySet().retainAll(retired);
        runtime.end(ready);
        return Optional.ofNullable(wait);
    }
}
