package dev.cytoplane.dataplane.kubernetes.desired;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Through which gateway a cell's calls go: its own, that of its environment, or both while it changes over.
 *
 * @param own whether its own runs
 * @param shared whether its environment's is to serve it
 * @param leads which of the two its Service leads to
 * @param places of the cells that the environment's gateway serves, by name
 * @param changed when its Service was led to another gateway; null when that is long ago
 */
public record Gates(
        boolean own,
        boolean shared,
        Kind leads,
        Map<String, Place> places,
        @Nullable Instant changed) {

    /** Whose gateway. */
    public enum Kind {
        /** The cell's. */
        OWN,
        /** That of all cells of its environment. */
        ENVIRONMENT
    }

    /** Each cell has its own, and always had. */
    public static final Gates OWN = new Gates(true, false, Kind.OWN, Map.of(), null);

    public Gates {
        places = Map.copyOf(places);
    }

    /** Where the environment's gateway serves a cell. */
    Optional<Place> place(String cell) {
        return Optional.ofNullable(places.get(cell)).filter(place -> place.westboundPort() > 0);
    }

    /** The same for this cell, if it is to be served there. */
    Optional<Place> shared(String cell) {
        return shared ? place(cell) : Optional.empty();
    }
}
