package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What data planes say of the traffic of their cells. The last report counts. It is no part of the cell: no version
 * changes by it, nobody is told, and it is in no audit log.
 */
@Component
public class CellTraffics {

    private final JdbcClient jdbc;
    private final PlatformWork platform;

    CellTraffics(JdbcClient jdbc, PlatformWork platform) {
        this.jdbc = jdbc;
        this.platform = platform;
    }

    /** Takes a report; what it says of cells that are not this data plane's is left alone. */
    public void report(String dataPlane, List<CellTraffic> cells) {
        platform.run(() -> cells.forEach(cell -> store(dataPlane, cell)));
    }

    private void store(String dataPlane, CellTraffic cell) {
        jdbc.sql("""
                insert into cell_traffic (organization_id, cell_id, traffic, received_at)
                select c.organization_id, c.id, cast(:traffic as jsonb), now()
                from cells c join organizations o on o.id = c.organization_id
                where c.name = :cell and c.data_plane = :dataPlane and c.document is not null
                on conflict (cell_id) do update set traffic = excluded.traffic, received_at = excluded.received_at""")
                .param("cell", cell.cell())
                .param("dataPlane", dataPlane)
                .param("traffic", ContractJson.MAPPER.writeValueAsString(cell))
                .update();
    }

    @Transactional(readOnly = true)
    public Optional<CellTraffic> find(UUID cellId) {
        return jdbc.sql("select traffic from cell_traffic where cell_id = ?")
                .param(cellId)
                .query(String.class)
                .optional()
                .map(traffic -> ContractJson.MAPPER.readValue(traffic, CellTraffic.class));
    }
}
