package dev.cytoplane.dataplane.runtime;

import org.jspecify.annotations.Nullable;

/** Where the logs of components are read. */
@FunctionalInterface
public interface LogSource {

    /**
     * Reads a component's log.
     *
     * @param instance one instance, or all
     * @param tail how many lines to start with
     * @param follow whether to go on with new ones
     */
    LogReader logs(String cell, String component, @Nullable String instance, int tail, boolean follow);
}
