package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.controlplane.cell.CellInput.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How a component is operated, from a deployment's row. */
public final class OperationRow {

    private OperationRow() {}

    public static Operation of(ResultSet row) throws SQLException {
        Integer most = row.getObject("max_instances", Integer.class);
        Cell.Autoscaling autoscaling = most == null
                ? null
                : new Cell.Autoscaling(
                        row.getInt("min_instances"),
                        most,
                        row.getObject("cpu_percent", Integer.class),
                        row.getObject("memory_percent", Integer.class));
        return new Operation(row.getObject("replicas", Integer.class), autoscaling, row.getLong("restart"));
    }
}
