package dev.cytoplane.contracts.descriptor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when a scheduled run is due and the one before goes on. As a Kubernetes CronJob's concurrency policy. */
public enum Concurrency {
    /** It is left out. */
    @JsonProperty("forbid")
    FORBID,
    /** It runs beside the other. */
    @JsonProperty("allow")
    ALLOW,
    /** The other is ended first. */
    @JsonProperty("replace")
    REPLACE
}
