package dev.cytoplane.contracts.descriptor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who may reach an endpoint. Each level includes the one before it. */
public enum Visibility {
    /** Components of the same cell. */
    @JsonProperty("project")
    PROJECT,
    /** Besides, other cells of the organization that have declared a connection. */
    @JsonProperty("organization")
    ORGANIZATION,
    /** Besides, everyone, through the cell's gateway. */
    @JsonProperty("public")
    PUBLIC
}
