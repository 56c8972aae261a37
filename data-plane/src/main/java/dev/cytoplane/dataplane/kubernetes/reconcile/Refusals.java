package dev.cytoplane.dataplane.kubernetes.reconcile;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster would not take, each as a sentence with its cause.
 *
 * @param cell of what everything else needs; null when that was taken
 * @param parts of the gateway and of components, by name
 */
record Refusals(@Nullable String cell, Map<String, String> parts) {

    static final Refusals NONE = new Refusals(null, Map.of());

    Refusals {
        parts = new TreeMap<>(parts);
    }

    boolean none() {
        return cell == null && parts.isEmpty();
    }

    /** Why a part is not as it should be. */
    Optional<String> of(String part) {
        return Optional.ofNullable(cell).or(() -> Optional.ofNullable(parts.get(part)));
    }

    String sentence() {
        return Stream.concat(Optional.ofNullable(cell).stream(), parts.values().stream())
                .collect(Collectors.joining("; "));
    }
}
