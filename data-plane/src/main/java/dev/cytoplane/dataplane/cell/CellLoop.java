package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.gateway.Gateway;
import dev.cytoplane.dataplane.runtime.Instance;
import dev.cytoplane.dataplane.runtime.Runtime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciles one cell, over and over: on every change, and now and then without one. One virtual thread for each cell. */
final class CellLoop {

    private static final Logger log = LoggerFactory.getLogger(CellLoop.class);
    private static final Duration RESYNC = Duration.ofSeconds(15);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(2);

    private final String name;
    private final DesiredCells cells;
    private final Runtime runtime;
    private final Gateway gateway;
    private final List<Step> steps;
    private final Consumer<CellView> observer;
    private final PassListener passes;
    private final Semaphore wake = new Semaphore(1);
    private volatile boolean closing;

    CellLoop(
            String name,
            DesiredCells cells,
            Runtime runtime,
            Gateway gateway,
            List<Step> steps,
            Consumer<CellView> observer,
            PassListener passes) {
        this.name = name;
        this.cells = cells;
        this.runtime = runtime;
        this.gateway = gateway;
        this.steps = steps;
        this.observer = observer;
        this.passes = passes;
    }

    Thread begin() {
        return Thread.ofVirtual().name("cell " + name).start(this::loop);
    }

    void wake() {
        wake.release();
    }

    void close() {
        closing = true;
        wake.release();
    }

    private void loop() {
        Duration pause = Duration.ZERO;
        try {
            while (!closing) {
                if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
                if (closing) {
                    return;
                }
                pause = timed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration timed() throws InterruptedException {
        long began = System.nanoTime();
        RuntimeException failure = null;
        try {
            return pass();
        } catch (RuntimeException e) {
            log.error("The cell {} cannot be reconciled", name, e);
            failure = e;
            gateway.offerFailed(name);
            return AFTER_A_FAULT;
        } finally {
            passes.passed(name, Duration.ofNanos(System.nanoTime() - began), failure);
        }
    }

    private Duration pass() throws InterruptedException {
        Optional<Cell> wanted = cells.find(name);
        if (wanted.isPresent()) {
            return reconcile(wanted.get());
        }
        Optional<Cell> removing = cells.findRemoving(name);
        return removing.isPresent() ? remove(removing.get()) : RESYNC;
    }

    private Duration reconcile(Cell cell) throws InterruptedException {
        CellPass pass = new CellPass(cell);
        Duration pause = RESYNC;
        for (Step step : steps) {
            Optional<Duration> sooner = step.take(pass);
            if (sooner.isPresent() && sooner.get().compareTo(pause) < 0) {
                pause = sooner.get();
            }
        }
        observer.accept(view(pass));
        return pause;
    }

    private CellView view(CellPass pass) {
        Map<String, CellView.ComponentView> components = new TreeMap<>();
        pass.desired.forEach((name, desired) -> {
            Rollout.Plan plan = pass.plan(name);
            String serving = servingRelease(desired, plan);
            boolean waiting = plan.complete() && !pass.gatewayIsCurrent;
            components.put(
                    name,
                    new CellView.ComponentView(
                            serving,
                            // A component that was live stays so while the gateway takes up a change of another one.
                            waiting && !desired.component.equals(pass.serving.get(name))
                                    ? Phase.PROGRESSING
                                    : plan.phase(),
                            waiting
                                    ? gateway.fault(pass.name())
                                            .orElse(plan.message() + "; the gateway is taking them up")
                                    : plan.message()));
        });
        return new CellView(pass.cell, components, false);
    }

    /** A task serves nobody: what its runs will be of counts. */
    private static @Nullable String servingRelease(CellPass.Candidate desired, Rollout.Plan plan) {
        if (desired.component.task() != null) {
            return plan.complete() ? desired.component.release() : null;
        }
        return plan.serve().isEmpty() ? null : plan.serve().getFirst().release();
    }

    private Duration remove(Cell cell) {
        runtime.tasks().keep(name, Set.of());
        gateway.withdraw(name);
        if (gateway.inForce(name).isPresent()) {
            return Duration.ofMillis(500);
        }
        List<Instance> left = runtime.instances(name);
        if (!left.isEmpty()) {
            runtime.end(left.stream().map(Instance::id).toList());
            return Duration.ofMillis(500);
        }
        if (runtime.tasks().isBusy(name)) {
            return Duration.ofMillis(500);
        }
        cell.spec().components().forEach(component -> runtime.forget(name, component.name()));
        gateway.forget(name);
        log.debug("Nothing of the cell {} runs any more", name);
        observer.accept(new CellView(cell, Map.of(), true));
        return RESYNC;
    }
}
