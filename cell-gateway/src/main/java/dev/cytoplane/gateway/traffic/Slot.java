package dev.cytoplane.gateway.traffic;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Where a route keeps its counts, so that a request finds them without a look-up of the route. Empty at first. */
public final class Slot {
    private volatile @Nullable Counts counts;
    private volatile @Nullable ConcurrentMap<String, Counts> byCaller;

    /** @param caller null for a route whose callers have no identity */
    public @Nullable Counts get(@Nullable String caller) {
        if (caller == null) {
            return counts;
        }
        ConcurrentMap<String, Counts> known = byCaller;
        return known == null ? null : known.get(caller);
    }

    public void keep(@Nullable String caller, Counts kept) {
        if (caller == null) {
            counts = kept;
            return;
        }
        synchronized (this) {
            ConcurrentMap<String, Counts> known = byCaller;
            if (known == null) {
                known = new ConcurrentHashMap<>();
                byCaller = known;
            }
            known.put(caller, kept);
        }
    }
}
