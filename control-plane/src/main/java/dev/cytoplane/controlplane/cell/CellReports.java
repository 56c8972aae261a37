package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes what data planes say of their cells. The last report counts. */
@Component
public class CellReports {

    private final JdbcClient jdbc;
    private final Cells cells;
    private final CellLock locks;
    private final CellEnd end;
    private final PlatformWork platform;
    private final ObjectProvider<CellObserver> observers;

    CellReports(
            JdbcClient jdbc,
            Cells cells,
            CellLock locks,
            CellEnd end,
            PlatformWork platform,
            ObjectProvider<CellObserver> observers) {
        this.jdbc = jdbc;
        this.cells = cells;
        this.locks = locks;
        this.end = end;
        this.platform = platform;
        this.observers = observers;
    }

    /** @throws Problem 404 when the data plane has no such cell */
    public void report(String dataPlane, CellStatus status) {
        platform.run(() -> store(dataPlane, status));
    }

    private void store(String dataPlane, CellStatus status) {
        Cells.Stored found = find(dataPlane, status.cell());
        locks.hold(found.ref());
        Cells.Stored cell = find(dataPlane, status.cell());
        jdbc.sql("""
                insert into cell_statuses (organization_id, cell_id, observed_version, status, received_at)
                values (:organization, :cell, :observed, cast(:status as jsonb), now())
                on conflict (cell_id) do update set observed_version = excluded.observed_version,
                    status = excluded.status, received_at = excluded.received_at""")
                .param("organization", cell.ref().organizationId())
                .param("cell", cell.id())
                .param("observed", status.observedVersion())
                .param("status", ContractJson.MAPPER.writeValueAsString(status))
                .update();
        observers.forEach(observer -> observer.reported(cell.ref(), status));
        if (isEmptied(cell, status)) {
            end.bury(cell);
        }
    }

    private Cells.Stored find(String dataPlane, String cell) {
        return cells.find(cell)
                .filter(it -> it.dataPlane().equals(dataPlane) && it.document() != null)
                .orElseThrow(() -> Problem.notFound("cell", cell));
    }

    /** Nothing is to run in it, and its data plane has confirmed that nothing does: the cell itself can go. */
    private static boolean isEmptied(Cells.Stored cell, CellStatus status) {
        return cell.document() != null
                && cell.document().spec().components().isEmpty()
                && status.components().isEmpty()
                && Optional.ofNullable(status.observedVersion()).orElse(0L) >= cell.version();
    }
}
