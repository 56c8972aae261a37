package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.artifact.Artifacts;
import dev.cytoplane.dataplane.gateway.Gateway;
import dev.cytoplane.dataplane.identity.Sealing;
import dev.cytoplane.dataplane.runtime.Runtime;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One loop for each cell. Level-triggered: a loop looks at what is wanted and what runs, never at what happened. */
public final class Reconciler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    private final DesiredCells cells;
    private final Runtime runtime;
    private final Gateway gateway;
    private final Artifacts artifacts;
    private final Sealing sealing;
    private final DataPlaneSettings settings;
    private final ServingRelease servingRelease;
    private final Clock clock;
    private final Map<String, CellLoop> loops = new ConcurrentHashMap<>();
    /** The versions last looked at. */
    private final Map<String, Long> versions = new ConcurrentHashMap<>();

    private volatile Consumer<CellView> listener = view -> {};
    private volatile PassListener passes = (cell, took, failure) -> {};
    private volatile boolean closed;

    public Reconciler(
            DesiredCells cells,
            Runtime runtime,
            Gateway gateway,
            Artifacts artifacts,
            Sealing sealing,
            DataPlaneSettings settings,
            Clock clock) {
        this.cells = cells;
        this.runtime = runtime;
        this.gateway = gateway;
        this.artifacts = artifacts;
        this.sealing = sealing;
        this.settings = settings;
        this.servingRelease = new ServingRelease(settings.state());
        this.clock = clock;
    }

    /** Takes up what an earlier agent left, then keeps every cell as it is wanted. */
    public void start() {
        artifacts.clean();
        Set<String> known = cells.names();
        // No loop may begin before both know what there was: it would be given other ports and other instances.
        runtime.adopt(known);
        gateway.start(cells.wanted());
        runtime.onChange(this::wake);
        gateway.onChange(this::wake);
        cells.onChange(this::wake);
        known.forEach(this::wake);
        pruneArtifacts();
    }

    /** Calls back with what each look at a cell found. */
    public void onChange(Consumer<CellView> listener) {
        this.listener = listener;
    }

    /** Calls back with the time that each look at a cell took. */
    public void onPass(PassListener listener) {
        this.passes = listener;
    }

    private synchronized void wake(String cell) {
        // An instance that ends late calls for a cell that is gone.
        if (!closed && (loops.containsKey(cell) || cells.knows(cell))) {
            loops.computeIfAbsent(cell, this::begin).wake();
        }
    }

    private CellLoop begin(String cell) {
        List<Step> steps = List.of(
                new FindReleases(gateway, servingRelease),
                new FetchArtifacts(artifacts, () -> wake(cell)),
                new OpenSecrets(sealing),
                new RunInstances(runtime, clock),
                new RunTasks(runtime.tasks()),
                new ConfigureGateway(gateway),
                new AwaitGateway(gateway, servingRelease),
                new EndInstances(runtime, settings.drain(), clock),
                new Prune(runtime, servingRelease));
        CellLoop loop = new CellLoop(
                cell,
                cells,
                runtime,
                gateway,
                steps,
                this::observe,
                (name, took, failure) -> passes.passed(name, took, failure));
        loop.begin();
        return loop;
    }

    private void observe(CellView view) {
        String cell = view.cell().metadata().name();
        listener.accept(view);
        boolean changed = !Objects.equals(
                versions.put(cell, view.cell().metadata().version()),
                view.cell().metadata().version());
        if (changed) {
            log.info(
                    "The cell {} is at version {}", cell, view.cell().metadata().version());
            pruneArtifacts();
        }
    }

    /** The end of a removed cell was told: nothing of it is kept any longer. Until then it would be told after a restart. */
    public void removalTold(String cell) {
        cells.removed(cell);
        log.info("The cell {} is removed", cell);
        end(cell);
        pruneArtifacts();
    }

    /** Unless it is wanted again already: then its loop is needed. */
    private synchronized void end(String cell) {
        if (!cells.knows(cell)) {
            versions.remove(cell);
            CellLoop loop = loops.remove(cell);
            if (loop != null) {
                loop.close();
            }
        }
    }

    /** Removes artifacts that no cell wants and no instance needs. */
    public void pruneArtifacts() {
        Stream<Cell.Component> wanted = cells.names().stream()
                .flatMap(name -> cells.find(name).or(() -> cells.findRemoving(name)).stream())
                .flatMap(cell -> cell.spec().components().stream());
        Stream<Cell.Component> served = cells.names().stream()
                .flatMap(name -> cells.find(name).stream())
                .flatMap(cell -> cell.spec().components().stream()
                        .flatMap(
                                component -> servingRelease.read(cell.metadata().name(), component.name()).stream()));
        artifacts.prune(Stream.concat(wanted, served)
                .map(component -> component.artifact().digest())
                .collect(Collectors.toSet()));
    }

    /** Stops looking; what runs goes on. */
    @Override
    public synchronized void close() {
        closed = true;
        loops.values().forEach(CellLoop::close);
    }
}
