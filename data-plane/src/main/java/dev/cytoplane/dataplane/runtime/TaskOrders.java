package dev.cytoplane.dataplane.runtime;

import java.util.List;
import java.util.UUID;

/** What people want of tasks. Told again until the status says that it is known, so each method may be called again. */
public interface TaskOrders {

    /** Starts a run, unless it is known already or the component cannot run yet. */
    void start(UUID run, String cell, String component, List<String> arguments);

    /** Ends a run. One that is not known yet will not be started. */
    void cancel(UUID run, String cell, String component);
}
