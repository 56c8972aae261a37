package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.State;
import dev.cytoplane.dataplane.cell.DesiredCells;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import dev.cytoplane.dataplane.status.StatusSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cluster's cells as the control plane wants them, and tells how they are. Level-triggered: every few seconds
 * all of them are compared, and a change only makes that sooner. One thread writes.
 */
public final class CellDelivery implements StatusSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CellDelivery.class);
    private static final Duration COMPARE = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final DesiredCells cells;
    private final ClusterTasks tasks;
    private final ClusterSettings settings;
    private final Clock clock;
    private final DeliveredCells delivered;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cell-delivery").factory());
    /** Versions without components whose end was told: no comparison has to look or to tell that again. */
    private final Map<String, Long> emptyTold = new ConcurrentHashMap<>();

    /** Cells that the cluster does not take as they are wanted, and why. */
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    private volatile Consumer<String> listener = cell -> {};
    private volatile boolean started;

    /** @param dataPlane the name that the control plane knows this data plane by; asked for once it has started */
    public CellDelivery(
            KubernetesClient client,
            Supplier<String> dataPlane,
            DesiredCells cells,
            ClusterTasks tasks,
            ClusterSettings settings,
            Clock clock) {
        this.client = client;
        this.cells = cells;
        this.tasks = tasks;
        this.settings = settings;
        this.clock = clock;
        this.delivered = new DeliveredCells(client, dataPlane, this::changed);
    }

    /** Returns when it knows what is there. Before, there is nothing to be said of any cell. */
    public void start() {
        delivered.start();
        tasks.onChange(cell -> listener.accept(cell));
        tasks.start();
        started = true;
        cells.onChange(this::changed);
        writer.scheduleWithFixedDelay(this::compare, 0, COMPARE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void changed(String cell) {
        if (!writer.isShutdown()) {
            writer.execute(() -> deliver(cell));
        }
        listener.accept(cell);
    }

    private void compare() {
        Set<String> names = new TreeSet<>(cells.names());
        // What was ours and is not wanted: its removal was told while this data plane was away.
        names.addAll(delivered.ours());
        emptyTold.keySet().retainAll(names);
        refused.keySet().retainAll(names);
        names.forEach(this::deliver);
    }

    /** A failure is tried again by the next comparison. */
    private void deliver(String name) {
        try {
            Optional<Cell> wanted = cells.find(name).filter(CellDelivery::asksForSomething);
            Optional<CellResource> there = delivered.find(name);
            if (wanted.isPresent()) {
                emptyTold.remove(name);
                bring(wanted.get(), there);
            } else if (there.filter(delivered::isOurs).isPresent()) {
                // Before the first snapshot nothing is known of what is wanted: what runs goes on.
                if (there.get().getMetadata().getDeletionTimestamp() == null
                        && cells.revision().isPresent()) {
                    log.info("The cell {} is deleted", name);
                    cells.remove(there.get().cell());
                    delivered.delete(name);
                }
            } else if (!isToldEmpty(name) && of(name).isPresent()) {
                listener.accept(name);
            }
        } catch (RuntimeException e) {
            log.warn("The cell {} cannot be delivered: {}", name, e.getMessage());
            log.debug("The cell {} cannot be delivered", name, e);
        }
    }

    private boolean isToldEmpty(String name) {
        return cells.find(name)
                .filter(cell -> Long.valueOf(cell.metadata().version()).equals(emptyTold.get(name)))
                .isPresent();
    }

    /** An empty cell is no custom resource: with its last component everything of it goes. */
    private static boolean asksForSomething(Cell cell) {
        return !cell.spec().components().isEmpty();
    }

    private void bring(Cell cell, Optional<CellResource> there) {
        if (GitCell.isDeliveredByGit(cell)) {
            // Whoever delivers from the repository brings it, and takes it away.
            there.filter(delivered::isOurs).ifPresent(delivered::letGo);
            tell(cell.metadata().name(), Optional.empty());
            return;
        }
        if (there.isPresent() && !delivered.isOurs(there.get())) {
            // Its status says so.
            return;
        }
        if (there.isEmpty() || !DeliveredCells.carries(there.get(), cell)) {
            log.info(
                    "The cell {} is brought to version {}",
                    cell.metadata().name(),
                    cell.metadata().version());
            tell(cell.metadata().name(), delivered.apply(cell));
        } else {
            tell(cell.metadata().name(), Optional.empty());
        }
    }

    private void tell(String cell, Optional<String> refusal) {
        String before = refusal.isPresent() ? refused.put(cell, refusal.get()) : refused.remove(cell);
        if (!refusal.equals(Optional.ofNullable(before))) {
            refusal.ifPresent(why -> log.warn("The cell {} cannot be delivered: {}", cell, why));
            listener.accept(cell);
        }
    }

    @Override
    public void onChange(Consumer<String> callback) {
        this.listener = callback;
    }

    @Override
    public Set<String> cells() {
        return started ? cells.names() : Set.of();
    }

    @Override
    public Optional<Report> of(String name) {
        if (!started) {
            return Optional.empty();
        }
        Optional<Cell> wanted = cells.find(name);
        if (wanted.isPresent() && !asksForSomething(wanted.get())) {
            return delivered.isGone(name)
                    ? Optional.of(new Report(
                            bare(wanted.get(), "Empty", "The cell has no components: nothing of it runs"),
                            () -> emptyTold.put(name, wanted.get().metadata().version())))
                    : Optional.empty();
        }
        if (wanted.isPresent() && refused.containsKey(name)) {
            return Optional.ofNullable(refused.get(name)).map(why -> new Report(refused(wanted.get(), why), () -> {}));
        }
        if (wanted.filter(GitCell::isDeliveredByGit).isPresent()) {
            return new GitCell(wanted.get(), delivered.find(name).orElse(null), this::seen, clock.instant())
                    .status(() -> CellPods.of(client, name))
                    .map(it -> new Report(it, () -> {}));
        }
        if (wanted.isPresent()) {
            return delivered
                    .find(name)
                    .flatMap(there -> status(wanted.get(), there))
                    .map(it -> new Report(it, () -> {}));
        }
        return cells.findRemoving(name)
                .filter(_ -> delivered.isGone(name))
                .map(removed -> new Report(removed(removed), () -> cells.removed(name)));
    }

    private Optional<CellStatus> status(Cell cell, CellResource there) {
        if (!delivered.isOurs(there)) {
            return Optional.of(taken(cell));
        }
        boolean seen = DeliveredCells.carries(there, cell)
                && there.getStatus() != null
                && there.getStatus().observedGeneration() == there.getMetadata().getGeneration();
        return seen
                ? Optional.of(seen(cell, there.getStatus())
                        .status(CellPods.of(client, cell.metadata().name())))
                : Optional.empty();
    }

    private SeenCell seen(Cell cell, CellResourceStatus status) {
        return new SeenCell(
                cell,
                status,
                settings,
                component -> Optional.ofNullable(component.task()).map(task -> tasks.status(cell, component, task)));
    }

    private CellStatus taken(Cell cell) {
        return bare(
                cell,
                "NameTaken",
                "The cluster has a Cell of this name that this data plane did not bring; delete it there, or label it "
                        + DeliveredCells.DATA_PLANE);
    }

    /** What it was before still is, and is not what is wanted. */
    private CellStatus refused(Cell cell, String why) {
        CellStatus told = bare(cell, "Refused", why);
        Map<String, CellResourceStatus.ComponentStatus> before =
                delivered.find(cell.metadata().name()).map(CellResource::getStatus).stream()
                        .flatMap(status -> status.components().stream())
                        .collect(Collectors.toMap(
                                CellResourceStatus.ComponentStatus::name, Function.identity(), (one, _) -> one));
        return new CellStatus(
                told.cell(),
                told.observedVersion(),
                told.conditions(),
                cell.spec().components().stream()
                        .map(component -> refused(component, before.get(component.name()), why))
                        .toList(),
                null);
    }

    private static CellStatus.Component refused(
            Cell.Component component, CellResourceStatus.@Nullable ComponentStatus before, String why) {
        return new CellStatus.Component(
                component.name(),
                before == null ? null : before.servingRelease(),
                component.release(),
                CellStatus.Phase.FAILED,
                why,
                component.replicas(),
                before == null ? 0 : before.readyReplicas(),
                List.of(),
                List.of(),
                null,
                null);
    }

    private CellStatus removed(Cell cell) {
        return bare(cell, "Removed", "The cell is removed");
    }

    private CellStatus bare(Cell cell, String reason, String message) {
        return new CellStatus(
                cell.metadata().name(),
                cell.metadata().version(),
                List.of(new CellStatus.Condition("Ready", State.FALSE, reason, message, clock.instant())),
                List.of(),
                null);
    }

    /** What runs in the cluster goes on. */
    @Override
    public void close() {
        writer.shutdownNow();
        delivered.close();
    }
}
