package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.gateway.Offer;
import dev.cytoplane.dataplane.runtime.Instance;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One pass over a cell: what the steps found out, in the order of the steps. Used by one thread. */
final class CellPass {

    /** A release of a component that may have to run: the wanted one, or the one that served last. */
    static final class Candidate {
        final Cell.Component component;
        final Map<String, String> connections;
        final String revision;

        @Nullable
        Path artifact;

        @Nullable
        Map<String, String> secrets;

        @Nullable
        Trouble trouble;

        Candidate(Cell.Component component, Map<String, String> connections) {
            this.component = component;
            this.connections = connections;
            this.revision = Revisions.of(component, connections);
        }
    }

    /** @param isFinal whether trying again is of no use */
    record Trouble(String sentence, boolean isFinal) {}

    final Cell cell;
    final Map<String, Candidate> desired = new TreeMap<>();
    final Map<String, Candidate> last = new TreeMap<>();
    final Map<String, Rollout.Plan> plans = new TreeMap<>();
    /** What served last, by component. */
    final Map<String, Cell.Component> serving = new HashMap<>();

    List<Instance> instances = List.of();

    @Nullable
    Offer offer;

    Optional<Offer> inForce = Optional.empty();
    /** The gateway does what this pass told it. */
    boolean gatewayIsCurrent;

    CellPass(Cell cell) {
        this.cell = cell;
    }

    Rollout.Plan plan(String component) {
        return Objects.requireNonNull(plans.get(component), component);
    }

    String name() {
        return cell.metadata().name();
    }

    List<Instance> instancesOf(String component) {
        return instances.stream()
                .filter(instance -> instance.component().equals(component))
                .toList();
    }

    /** Which of the candidates an instance runs. */
    Optional<Candidate> candidateOf(Instance instance) {
        return Optional.ofNullable(desired.get(instance.component()))
                .filter(candidate -> candidate.revision.equals(instance.revision()))
                .or(() -> Optional.ofNullable(last.get(instance.component()))
                        .filter(candidate -> candidate.revision.equals(instance.revision())));
    }
}
