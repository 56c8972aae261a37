package dev.cytoplane.controlplane.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a role binding does with its role. */
public enum Effect {
    @JsonProperty("allow")
    ALLOW,
    /** Beats every allow. */
    @JsonProperty("deny")
    DENY;

    static Effect of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
