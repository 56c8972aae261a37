package dev.cytoplane.controlplane.task;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.controlplane.cell.CellObserver;
import dev.cytoplane.controlplane.cell.CellRef;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Takes in what data planes tell of runs, those that a schedule started included. */
@Component
class TaskReports implements CellObserver {

    private final TaskRunStore store;

    TaskReports(TaskRunStore store) {
        this.store = store;
    }

    @Override
    public void compiled(CellRef cell, long version) {
        // What is desired is no run's matter.
    }

    @Override
    public void reported(CellRef cell, CellStatus status) {
        Set<UUID> told = status.components().stream()
                .flatMap(component -> runs(component).stream())
                .map(CellStatus.Run::id)
                .collect(Collectors.toSet());
        if (!told.isEmpty()) {
            Set<UUID> ended = store.ended(cell, told);
            for (CellStatus.Component component : status.components()) {
                List<CellStatus.Run> news = runs(component).stream()
                        .filter(run -> !ended.contains(run.id()))
                        .toList();
                if (!news.isEmpty()) {
                    store.component(cell.projectId(), component.name())
                            .ifPresent(id -> news.reversed().forEach(run -> store.reported(cell, id, run)));
                }
            }
        }
        // A report is whole: what it does not name any more is gone, with its component or with the data plane's
        // memory.
        store.takenUp(cell).stream()
                .filter(run -> !told.contains(run.id()))
                .forEach(run -> store.end(
                        run.id(),
                        run.cancelRequested() ? TaskRun.Status.CANCELLED : TaskRun.Status.FAILED,
                        "Its data plane does not know it any more, so how it ended is not known."));
    }

    private static List<CellStatus.Run> runs(CellStatus.Component component) {
        return component.task() == null
                ? List.of()
                : component.task().runs().stream()
                        .limit(CellStatus.MOST_RUNS + TaskRuns.MOST_UNDER_WAY)
                        .toList();
    }
}
