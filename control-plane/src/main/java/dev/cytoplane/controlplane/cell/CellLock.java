package dev.cytoplane.controlplane.cell;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who changes what a cell should be, or compiles it, does so alone. Held until the transaction ends. */
@Component
public class CellLock {

    private final JdbcClient jdbc;

    CellLock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(CellRef cell) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("cell/" + cell.projectId() + "/" + cell.environmentId())
                .query((row, number) -> true)
                .single();
    }
}
