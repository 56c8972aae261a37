package dev.cytoplane.controlplane.cell;

import dev.cytoplane.controlplane.event.Outbox;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Ends a cell: its data plane is told to remove it. */
@Component
class CellEnd {

    private final Cells cells;
    private final Outbox outbox;

    CellEnd(Cells cells, Outbox outbox) {
        this.cells = cells;
        this.outbox = outbox;
    }

    void bury(Cells.Stored cell) {
        outbox.publish(cell.ref().organizationId(), "cell.deleted", cell.name(), Map.of("cell", cell.name()));
        cells.bury(cell);
    }
}
