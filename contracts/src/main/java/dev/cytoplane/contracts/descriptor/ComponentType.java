package dev.cytoplane.contracts.descriptor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of component. */
public enum ComponentType {
    @JsonProperty("service")
    SERVICE,
    @JsonProperty("web-application")
    WEB_APPLICATION,
    @JsonProperty("worker")
    WORKER
}
