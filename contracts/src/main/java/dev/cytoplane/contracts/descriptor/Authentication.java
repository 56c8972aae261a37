package dev.cytoplane.contracts.descriptor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a call must carry a token of the platform's identity provider. */
public enum Authentication {
    @JsonProperty("none")
    NONE,
    @JsonProperty("required")
    REQUIRED
}
