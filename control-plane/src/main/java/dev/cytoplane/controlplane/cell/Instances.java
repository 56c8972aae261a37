package dev.cytoplane.controlplane.cell;

import static java.util.Objects.requireNonNullElse;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.cell.CellInput.DeployedComponent;
import dev.cytoplane.controlplane.cell.CellInput.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many instances of a component run: what somebody said for the environment counts before its descriptor. Pure. */
public final class Instances {

    /** Of one component in one cell. */
    public static final int MOST = 20;

    private Instances() {}

    /** Empty for a fixed number of them, and for a task. */
    static Optional<Cell.Autoscaling> byLoad(DeployedComponent component) {
        Operation operation = component.operation();
        if (component.type().isTask() || operation.replicas() != null) {
            return Optional.empty();
        }
        Descriptor.Scale scale = component.descriptor().scale();
        return Optional.ofNullable(operation.autoscaling())
                .or(() -> Optional.ofNullable(scale)
                        .map(Descriptor.Scale::autoscaling)
                        .map(Instances::resolved));
    }

    static int fixed(DeployedComponent component) {
        if (component.type().isTask()) {
            return 0;
        }
        Integer said = component.operation().replicas();
        Descriptor.Scale scale = component.descriptor().scale();
        Integer number = said != null || scale == null ? said : scale.replicas();
        return Math.clamp(requireNonNullElse(number, 1), 1, MOST);
    }

    private static Cell.Autoscaling resolved(Descriptor.Autoscaling said) {
        return resolved(said.minInstances(), said.maxInstances(), said.cpuPercent(), said.memoryPercent());
    }

    /** With what is left out filled in. Memory alone is enough; nothing is not. */
    public static Cell.Autoscaling resolved(
            @Nullable Integer min, int max, @Nullable Integer cpuPercent, @Nullable Integer memoryPercent) {
        int most = Math.clamp(max, 1, MOST);
        return new Cell.Autoscaling(
                Math.clamp(requireNonNullElse(min, 1), 1, most),
                most,
                cpuPercent == null && memoryPercent == null
                        ? Integer.valueOf(Descriptor.Autoscaling.CPU_PERCENT)
                        : cpuPercent,
                memoryPercent);
    }
}
