package dev.cytoplane.controlplane.gitops;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Who brings an environment's cells to where they run. */
enum DeliveryMode {
    /** The data plane applies what the link tells it; the repository has a copy. */
    @JsonProperty("link")
    LINK,
    /** Flux, Argo CD or kubectl applies what is in the repository; the data plane only says how it is. */
    @JsonProperty("git")
    GIT;

    static DeliveryMode of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
