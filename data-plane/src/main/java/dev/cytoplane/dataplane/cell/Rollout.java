package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.runtime.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one release takes over from another: a pure function of what is wanted and what runs. The new instances start
 * beside the old ones, calls move when all of the new ones are ready, and only what no call can reach is ended.
 */
final class Rollout {

    private static final int TOO_MANY_FAILED_STARTS = 3;

    /**
     * @param desired the revision that is asked for
     * @param serving the revision that served last, if another one may have to go on serving
     * @param startup how long the desired one has until it counts as failed
     * @param trouble why the desired revision cannot even be started; null when it can
     * @param troubleIsFinal whether trying again is of no use
     */
    record Input(
            String desired,
            int replicas,
            Optional<String> serving,
            Duration startup,
            @Nullable String trouble,
            boolean troubleIsFinal) {}

    /**
     * @param serve the instances that calls are to be sent to
     * @param retire the instances that are to be ended once no call can reach them
     * @param complete every instance of the desired revision is ready
     */
    record Plan(List<Instance> serve, List<Instance> retire, boolean complete, Phase phase, String message) {}

    private Rollout() {}

    static Plan plan(Input input, Collection<Instance> instances, Instant now) {
        List<Instance> desired = instances.stream()
                .filter(instance -> instance.revision().equals(input.desired()) && instance.slot() < input.replicas())
                .sorted(Comparator.comparing(Instance::slot))
                .toList();
        List<Instance> ready = desired.stream().filter(Instance::ready).toList();
        boolean complete = input.trouble() == null && ready.size() >= input.replicas();
        List<Instance> olderReady = instances.stream()
                .filter(instance -> !instance.revision().equals(input.desired()) && instance.ready())
                .toList();
        List<Instance> serve = complete || olderReady.isEmpty() ? ready : latestServing(input, olderReady);
        Set<String> kept =
                (complete ? ready : desired).stream().map(Instance::id).collect(Collectors.toSet());
        Set<String> serving = serve.stream().map(Instance::id).collect(Collectors.toSet());
        List<Instance> retire = instances.stream()
                .filter(instance -> !kept.contains(instance.id()) && !serving.contains(instance.id()))
                // What served last is kept alive, ready or not, until the desired revision is complete.
                .filter(instance -> complete
                        || input.serving().filter(instance.revision()::equals).isEmpty()
                        || instance.revision().equals(input.desired()))
                .toList();
        if (complete) {
            return new Plan(serve, retire, true, Phase.READY, readyMessage(input.replicas()));
        }
        return new Plan(serve, retire, false, phase(input, desired, now), message(input, desired, ready.size()));
    }

    /** Two older revisions can be ready at once when releases follow each other fast: the one that served goes on. */
    private static List<Instance> latestServing(Input input, List<Instance> ready) {
        List<Instance> served = ready.stream()
                .filter(instance ->
                        input.serving().filter(instance.revision()::equals).isPresent())
                .toList();
        return served.isEmpty() ? ready : served;
    }

    private static Phase phase(Input input, List<Instance> desired, Instant now) {
        boolean served = input.serving().filter(input.desired()::equals).isPresent();
        if (input.trouble() != null) {
            return input.troubleIsFinal() ? Phase.FAILED : Phase.PROGRESSING;
        }
        if (served) {
            return Phase.DEGRADED;
        }
        boolean failed = desired.stream()
                .filter(instance -> !instance.ready())
                .anyMatch(instance -> instance.failedStarts() >= TOO_MANY_FAILED_STARTS
                        || (instance.failedStarts() > 0
                                && Duration.between(instance.createdAt(), now).compareTo(input.startup()) >= 0));
        return failed ? Phase.FAILED : Phase.PROGRESSING;
    }

    private static String message(Input input, List<Instance> desired, int ready) {
        if (input.trouble() != null) {
            return input.trouble();
        }
        String cause = desired.stream()
                .filter(instance -> !instance.ready())
                .flatMap(instance -> Optional.ofNullable(instance.lastExit()).stream())
                .findFirst()
                .map(exit -> ". " + exit)
                .orElse("");
        return ready + " of " + input.replicas() + (input.replicas() == 1 ? " instance is" : " instances are")
                + " ready" + cause;
    }

    private static String readyMessage(int replicas) {
        if (replicas == 0) {
            return "It is ready to run";
        }
        return replicas == 1 ? "1 instance is ready" : replicas + " instances are ready";
    }
}
