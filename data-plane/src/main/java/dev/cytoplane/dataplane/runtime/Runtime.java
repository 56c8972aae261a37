package dev.cytoplane.dataplane.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs workloads. A runtime keeps instances alive by itself; which revisions run, and which of their instances a gateway
 * sends calls to, is decided above it. Every method may be called again at any time, and returns before its work is done;
 * what became of it is seen in {@link #instances}. Thread-safe.
 */
public interface Runtime extends LogSource {

    /** Its name as the control plane knows it: {@code local} or {@code kubernetes}. */
    String kind();

    /**
     * Finds what an earlier agent left running, and ends what belongs to none of the given cells. Once, before anything
     * else; returns when it is known which of the found instances are ready.
     */
    void adopt(Set<String> cells);

    /** Makes the workload's instances exist, slots 0 to replicas - 1, and keeps them alive. Ends none. */
    void run(Workload workload);

    /** Ends instances: politely, within the grace period of their component, then by force. Unknown ids are ignored. */
    void end(Collection<String> instances);

    /** The cell's instances that exist now, ending ones included. */
    List<Instance> instances(String cell);

    /** Removes what is left of a component that has no instance any more, except its data. */
    void forget(String cell, String component);

    /** Calls back with a cell's name when something about its instances has changed. */
    void onChange(Consumer<String> listener);

    /** What runs to its end. */
    Tasks tasks();

    /** Ends every instance and every run, and waits for that, at most this long beyond the longest grace period. */
    void endAll(Duration patience);
}
