package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a cell's content depends on. The order of the lists does not matter.
 *
 * @param components what is to run in the cell
 * @param callers the declared connections of other cells to this one
 * @param targets what is known of the endpoints in other cells that this cell's connections name; what is missing is not
 *     deployed (yet), or not offered to other cells
 */
public record CellInput(
        CellPlace place, List<DeployedComponent> components, List<DeclaredCaller> callers, List<KnownTarget> targets) {

    /**
     * @param descriptor the release's
     * @param configuration plain values of the environment, over the descriptor's defaults
     */
    public record DeployedComponent(
            String name,
            ComponentType type,
            String release,
            Cell.Artifact artifact,
            Descriptor descriptor,
            Map<String, String> configuration,
            List<Cell.SealedSecret> secrets,
            Operation operation) {}

    /**
     * How people operate a component in an environment, beside what its release says.
     *
     * @param replicas how many instances; null for as many as the descriptor or autoscaling says
     * @param autoscaling instances by load, in place of what the descriptor says; never together with replicas
     * @param restart counts how often new instances were asked for
     */
    public record Operation(@Nullable Integer replicas, Cell.@Nullable Autoscaling autoscaling, long restart) {

        public static final Operation NONE = new Operation(null, null, 0);
    }

    /** A component of project {@code project}, in the same organization and environment, has declared a connection to this cell. */
    public record DeclaredCaller(String project, String component, String endpoint) {}

    /** An endpoint of another cell of the organization and environment, which is offered to other cells. */
    public record KnownTarget(
            String project,
            String component,
            String endpoint,
            String path,
            @Nullable String address) {}
}
