package dev.cytoplane.controlplane.cell;

import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compiles cells when what they are made of has changed, and then their neighbours: the cells they call, called before,
 * and are called by. An event only says where to look, so losing the order of events, or all but the last, changes
 * nothing.
 */
@Component
class CellReconciler implements EventHandler {

    private final CellCompilation compilation;
    private final CellSources sources;
    private final Cells cells;
    private final TransactionTemplate transaction;

    CellReconciler(
            CellCompilation compilation, CellSources sources, Cells cells, PlatformTransactionManager transactions) {
        this.compilation = compilation;
        this.sources = sources;
        this.cells = cells;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Set<String> types() {
        return Set.of(
                "deployment.created",
                "deployment.status",
                CellReports.ADDRESS_CHANGED,
                "component.deleted",
                "project.deleted",
                "environment.changed",
                "environment.deleted",
                "environment.delivery-set",
                "environment.delivery-removed",
                "dataplane.enrolled");
    }

    @Override
    public void handle(Event event) {
        if (event.data().get("projectId") instanceof String project
                && event.data().get("environmentId") instanceof String environment) {
            reconcile(new CellRef(event.organizationId(), UUID.fromString(project), UUID.fromString(environment)));
        } else {
            transaction.execute(status -> cells.all(event.organizationId())).forEach(compilation::compile);
        }
    }

    private void reconcile(CellRef cell) {
        for (String neighbour : compilation.compile(cell)) {
            transaction
                    .execute(status -> sources.projectId(cell.organizationId(), neighbour))
                    .ifPresent(id -> compilation.compile(new CellRef(cell.organizationId(), id, cell.environmentId())));
        }
    }
}
