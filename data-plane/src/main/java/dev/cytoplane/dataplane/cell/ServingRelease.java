package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The release of a component that served last. It is kept, secrets still sealed, because the wanted release may never
 * become ready, and then this one must run again after a restart of the machine.
 */
final class ServingRelease {

    private final Path cells;

    ServingRelease(Path state) {
        this.cells = state.resolve("cells");
    }

    Optional<Cell.Component> read(String cell, String component) {
        return StateFiles.readJson(file(cell, component), Cell.Component.class);
    }

    void write(String cell, Cell.Component component) {
        StateFiles.folder(cells.resolve(cell).resolve(component.name()));
        StateFiles.writeJson(file(cell, component.name()), component);
    }

    void delete(String cell, String component) {
        StateFiles.delete(file(cell, component));
    }

    private Path file(String cell, String component) {
        return cells.resolve(cell).resolve(component).resolve("serving.json");
    }
}
