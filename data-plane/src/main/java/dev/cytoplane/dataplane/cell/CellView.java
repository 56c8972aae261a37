package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last pass over a cell found.
 *
 * @param removed nothing of it is wanted, and nothing of it runs
 */
public record CellView(Cell cell, Map<String, ComponentView> components, boolean removed) {

    /** @param servingRelease the release that calls are sent to; null before the first */
    public record ComponentView(@Nullable String servingRelease, Phase phase, String message) {}
}
