package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.controlplane.cell.CellInput.Operation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of the number of instances in an environment: a number, or by load, or neither for as the descriptor
 * says.
 */
record Scaling(@Nullable Integer replicas, Cell.@Nullable Autoscaling autoscaling) {

    boolean holdsIn(Operation operation) {
        return Objects.equals(operation.replicas(), replicas) && Objects.equals(operation.autoscaling(), autoscaling);
    }

    Operation in(Operation before) {
        return new Operation(replicas, autoscaling, before.restart());
    }

    String sentence() {
        if (autoscaling != null) {
            return "Running %d to %d instances, by their load."
                    .formatted(autoscaling.minInstances(), autoscaling.maxInstances());
        }
        return replicas == null
                ? "Running as many instances as its descriptor says."
                : "Running %d %s.".formatted(replicas, replicas == 1 ? "instance" : "instances");
    }
}
