package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.State;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a cell that somebody else brings from a Git repository: how what is in the cluster is, and whether that is
 * what is wanted. A pure function but for the pods.
 *
 * @param there null while nobody brought it
 * @param look tells of a cell that is there
 */
record GitCell(
        Cell wanted, @Nullable CellResource there, BiFunction<Cell, CellResourceStatus, SeenCell> look, Instant now) {

    static boolean isDeliveredByGit(Cell cell) {
        return cell.metadata().delivery() == Cell.Delivery.GIT;
    }

    /** Empty until what is there was looked at. */
    Optional<CellStatus> status(Supplier<List<CellPods.Seen>> pods) {
        if (there == null) {
            return Optional.of(new CellStatus(
                    wanted.metadata().name(),
                    null,
                    List.of(condition(
                            State.FALSE,
                            "Missing",
                            "The cluster has no Cell of this name: what delivers from the Git repository has not brought"
                                    + " it yet")),
                    List.of(),
                    null));
        }
        CellResourceStatus seen = there.getStatus();
        if (seen == null || seen.observedGeneration() != there.getMetadata().getGeneration()) {
            return Optional.empty();
        }
        Cell found = there.cell();
        CellStatus status = look.apply(found, seen).status(pods.get());
        List<CellStatus.Condition> conditions = new ArrayList<>(status.conditions());
        conditions.add(delivered(there));
        return Optional.of(new CellStatus(
                status.cell(), observed(there), conditions, status.components(), status.westboundAddress()));
    }

    private CellStatus.Condition delivered(CellResource resource) {
        long version = wanted.metadata().version();
        if (DeliveredCells.carries(resource, wanted)) {
            return condition(State.TRUE, "AsWanted", "The cluster has version " + version + ", as it is wanted");
        }
        Long stated = stated(resource);
        return stated != null && stated < version
                ? condition(
                        State.FALSE,
                        "Behind",
                        "The cluster has version %d; version %d has not been brought from the Git repository yet"
                                .formatted(stated, version))
                : condition(
                        State.FALSE,
                        "Changed",
                        "The cluster's Cell is none of the platform's: what it asks for is not what version %d does"
                                .formatted(version));
    }

    /** The version that is seen; null when what is there is none of the platform's. */
    private @Nullable Long observed(CellResource resource) {
        if (DeliveredCells.carries(resource, wanted)) {
            return wanted.metadata().version();
        }
        Long stated = stated(resource);
        return stated != null && stated < wanted.metadata().version() ? stated : null;
    }

    private static @Nullable Long stated(CellResource resource) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        String stated = annotations == null ? null : annotations.get(CellResource.VERSION);
        try {
            return stated == null ? null : Long.valueOf(stated);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private CellStatus.Condition condition(State state, String reason, String message) {
        return new CellStatus.Condition(CellStatus.DELIVERED, state, reason, message, now);
    }
}
