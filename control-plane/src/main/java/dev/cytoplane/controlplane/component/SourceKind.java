package dev.cytoplane.controlplane.component;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where a component's source is. */
public enum SourceKind {
    /** In the Git repository that the platform keeps for it. */
    @JsonProperty("platform")
    PLATFORM,
    /** In a Git repository elsewhere. */
    @JsonProperty("git")
    GIT;

    static SourceKind of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
