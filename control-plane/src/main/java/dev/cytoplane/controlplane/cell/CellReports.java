package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes what data planes say of their cells. The last report counts. */
@Component
public class CellReports {

    /** The event that cells of other data planes reach a cell elsewhere than before. */
    static final String ADDRESS_CHANGED = "cell.address";

    private final JdbcClient jdbc;
    private final Cells cells;
    private final CellLock locks;
    private final CellEnd end;
    private final PlatformWork platform;
    private final Outbox outbox;
    private final ObjectProvider<CellObserver> observers;

    CellReports(
            JdbcClient jdbc,
            Cells cells,
            CellLock locks,
            CellEnd end,
            PlatformWork platform,
            Outbox outbox,
            ObjectProvider<CellObserver> observers) {
        this.jdbc = jdbc;
        this.cells = cells;
        this.locks = locks;
        this.end = end;
        this.platform = platform;
        this.outbox = outbox;
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
        boolean moved = !Objects.equals(address(cell), status.westboundAddress());
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
        if (moved) {
            outbox.publish(
                    cell.ref().organizationId(),
                    ADDRESS_CHANGED,
                    cell.name(),
                    Map.of(
                            "cell", cell.name(),
                            "projectId", cell.ref().projectId(),
                            "environmentId", cell.ref().environmentId()));
        }
        if (isEmptied(cell, status)) {
            end.bury(cell);
        }
    }

    /** What was told before; null when nothing was. */
    private @Nullable String address(Cells.Stored cell) {
        return jdbc.sql("""
                select s.status ->> 'westboundAddress' from cell_statuses s
                where s.cell_id = ? and s.status ->> 'westboundAddress' is not null""").param(cell.id()).query(String.class).optional().orElse(null);
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
