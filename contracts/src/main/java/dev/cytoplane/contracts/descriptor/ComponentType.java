package dev.cytoplane.contracts.descriptor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of component. */
public enum ComponentType {
    @JsonProperty("service")
    SERVICE,
    @JsonProperty("web-application")
    WEB_APPLICATION,
    @JsonProperty("worker")
    WORKER,
    /** Runs at the times of its schedule, and whenever somebody asks. */
    @JsonProperty("scheduled-task")
    SCHEDULED_TASK,
    /** Runs when somebody asks. */
    @JsonProperty("manual-task")
    MANUAL_TASK;

    /** It runs to its end instead of on and on. */
    public boolean isTask() {
        return this == SCHEDULED_TASK || this == MANUAL_TASK;
    }

    /** Others can call it. */
    public boolean hasEndpoints() {
        return this == SERVICE || this == WEB_APPLICATION;
    }
}
