package dev.cytoplane.dataplane.status;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.dataplane.cell.CellView;
import dev.cytoplane.dataplane.gateway.Gateway;
import dev.cytoplane.dataplane.runtime.Runtime;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The present status of each cell of this machine, with fresh figures whenever it is asked for. */
public final class Statuses implements StatusSource {

    private final Runtime runtime;
    private final Gateway gateway;
    private final DataPlaneSettings settings;
    private final Clock clock;
    private final Map<String, CellView> views = new ConcurrentHashMap<>();
    private final Map<String, CellStatus> told = new ConcurrentHashMap<>();
    private volatile Consumer<String> listener = cell -> {};
    private volatile Consumer<String> removalListener = cell -> {};

    public Statuses(Runtime runtime, Gateway gateway, DataPlaneSettings settings, Clock clock) {
        this.runtime = runtime;
        this.gateway = gateway;
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes in what a look at a cell found. */
    public void seen(CellView view) {
        String cell = view.cell().metadata().name();
        views.put(cell, view);
        listener.accept(cell);
    }

    @Override
    public void onChange(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Calls back with the name of a removed cell whose end was told. */
    public void onRemovalTold(Consumer<String> listener) {
        this.removalListener = listener;
    }

    @Override
    public Set<String> cells() {
        return Set.copyOf(views.keySet());
    }

    @Override
    public synchronized Optional<Report> of(String cell) {
        CellView view = views.get(cell);
        if (view == null) {
            return Optional.empty();
        }
        CellStatus status = StatusReport.of(
                new StatusReport.Input(
                        view,
                        runtime.instances(cell),
                        component -> runtime.tasks().of(cell, component),
                        gateway.inForce(cell),
                        gateway.fault(cell),
                        gateway.westboundAddress(cell),
                        settings.gateway().httpPort(),
                        settings.gateway().httpsPort()),
                told.get(cell),
                clock.instant());
        told.put(cell, status);
        return Optional.of(new Report(status, () -> delivered(view)));
    }

    /**
     * The report was delivered. When it told the end of a removed cell, nothing more is to be said of it; an earlier one
     * that was still on its way when the cell was removed does not count.
     */
    private synchronized void delivered(CellView view) {
        String cell = view.cell().metadata().name();
        if (view.removed() && views.remove(cell, view)) {
            told.remove(cell);
            removalListener.accept(cell);
        }
    }
}
