package dev.cytoplane.dataplane.status;

import dev.cytoplane.contracts.cell.CellStatus;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How each cell is now, whatever runs it. Thread-safe. */
public interface StatusSource {

    /**
     * A status to be told.
     *
     * @param delivered to be called once it was
     */
    record Report(CellStatus status, Runnable delivered) {}

    /** Calls back with the name of a cell whose status may have changed. */
    void onChange(Consumer<String> listener);

    /** The cells that there is something to be said of. */
    Set<String> cells();

    /** What is to be said of a cell now; empty while nothing is known. */
    Optional<Report> of(String cell);
}
