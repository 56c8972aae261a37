package dev.cytoplane.gateway.configuration;

import dev.cytoplane.gateway.snapshot.Snapshot;
import java.util.function.Supplier;

/** The snapshot in force. One volatile read; a request that has begun keeps the one it began with. */
public final class InForce implements Supplier<Snapshot> {
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    @Override
    public Snapshot get() {
        return snapshot;
    }

    void set(Snapshot next) {
        snapshot = next;
    }

    /** Whether a configuration was ever put in force. */
    public boolean isReady() {
        return snapshot != Snapshot.EMPTY;
    }
}
