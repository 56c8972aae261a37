package dev.cytoplane.dataplane.runtime;

import dev.cytoplane.contracts.cell.CellStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Runs tasks: components that end by themselves. What a schedule wants is started by {@link #offer}, which is to be called
 * again when it says so; what people want is told by {@link TaskOrders}. Every method may be called again at any time.
 * Thread-safe.
 */
public interface Tasks extends TaskOrders {

    /**
     * From now on the component's runs are of this workload. Starts what its schedule wants by now, and what waits.
     *
     * @return how long until the schedule wants the next run; empty when it wants none
     */
    Optional<Duration> offer(Workload workload);

    /** The cell's tasks are these: runs of others are ended, and forgotten when nothing of them runs. */
    void keep(String cell, Set<String> components);

    /** Whether anything of the cell's tasks still runs. */
    boolean isBusy(String cell);

    /** What is known of a component's runs; empty when it was never offered. */
    Optional<CellStatus.Task> of(String cell, String component);
}
