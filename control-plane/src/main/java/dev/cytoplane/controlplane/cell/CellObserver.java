package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.CellStatus;

/** Hears what becomes of a cell, in the transaction in which it is stored and with the cell's lock held. */
public interface CellObserver {

    /** It was compiled from what is desired now, and that is this version (a new one, or still the same). */
    void compiled(CellRef cell, long version);

    /** Its data plane said how it is. */
    void reported(CellRef cell, CellStatus status);
}
