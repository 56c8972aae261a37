package dev.cytoplane.controlplane.gitops;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What becomes of a file that somebody else changed. */
enum DriftPolicy {
    /** It is shown, and left as it is until somebody says that it is to be healed. */
    @JsonProperty("keep")
    KEEP,
    /** It is written over at the next look. */
    @JsonProperty("heal")
    HEAL;

    static DriftPolicy of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
