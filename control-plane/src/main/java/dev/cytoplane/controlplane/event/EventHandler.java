package dev.cytoplane.controlplane.event;

import java.util.Set;

/**
 * A bean that reacts to events. It gets each one at least once, an organization's in order and one at a time, in the
 * tenancy of that organization, outside a transaction. When it throws, the event comes again after a pause that grows
 * to a minute, and the organization's later events wait for it.
 */
public interface EventHandler {

    /** Remembered in the database together with how far this handler got: renaming it starts it at the first event. */
    default String name() {
        return getClass().getSimpleName();
    }

    Set<String> types();

    void handle(Event event);
}
