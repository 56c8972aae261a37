package dev.cytoplane.dataplane.cell;

import dev.cytoplane.dataplane.runtime.Runtime;
import dev.cytoplane.dataplane.runtime.Workload;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Starts what is wanted, and keeps what served last running while that is not complete; then decides which instances
 * serve and which are not needed any more.
 */
final class RunInstances implements Step {

    private final Runtime runtime;
    private final Clock clock;

    RunInstances(Runtime runtime, Clock clock) {
        this.runtime = runtime;
        this.clock = clock;
    }

    @Override
    public Optional<Duration> take(CellPass pass) {
        pass.desired.values().forEach(candidate -> run(pass, candidate));
        pass.last.forEach((component, candidate) -> {
            if (!plan(pass, component).complete()) {
                run(pass, candidate);
            }
        });
        pass.instances = runtime.instances(pass.name());
        Set<String> components = new TreeSet<>(pass.desired.keySet());
        components.addAll(
                pass.instances.stream().map(instance -> instance.component()).collect(Collectors.toSet()));
        components.forEach(component -> pass.plans.put(component, plan(pass, component)));
        return pass.plans.values().stream().allMatch(Rollout.Plan::complete)
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(1));
    }

    private void run(CellPass pass, CellPass.Candidate candidate) {
        Path artifact = candidate.artifact;
        Map<String, String> secrets = candidate.secrets;
        if (candidate.trouble == null && artifact != null && secrets != null) {
            runtime.run(new Workload(
                    pass.cell.metadata(),
                    candidate.component,
                    candidate.revision,
                    artifact,
                    secrets,
                    candidate.connections));
            pass.instances = runtime.instances(pass.name());
        }
    }

    private Rollout.Plan plan(CellPass pass, String component) {
        Instant now = clock.instant();
        CellPass.Candidate desired = pass.desired.get(component);
        if (desired == null) {
            // Not wanted any more: complete with nothing, so everything retires.
            return Rollout.plan(
                    new Rollout.Input("", 0, Optional.empty(), Duration.ZERO, null, false),
                    pass.instancesOf(component),
                    now);
        }
        CellPass.Trouble trouble = desired.trouble;
        return Rollout.plan(
                new Rollout.Input(
                        desired.revision,
                        desired.component.replicas(),
                        Optional.ofNullable(pass.serving.get(component))
                                .map(serving -> servingRevision(pass, component)),
                        Duration.ofSeconds(
                                desired.component.probes().readiness().startupSeconds()),
                        trouble == null ? null : trouble.sentence(),
                        trouble != null && trouble.isFinal()),
                pass.instancesOf(component),
                now);
    }

    private static String servingRevision(CellPass pass, String component) {
        CellPass.Candidate last = pass.last.get(component);
        // What served last is not a candidate of its own when it is what is wanted.
        return (last != null ? last : Objects.requireNonNull(pass.desired.get(component))).revision;
    }
}
