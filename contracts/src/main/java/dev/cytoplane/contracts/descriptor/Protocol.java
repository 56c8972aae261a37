package dev.cytoplane.contracts.descriptor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an endpoint speaks. */
public enum Protocol {
    HTTP,
    @JsonProperty("GraphQL")
    GRAPHQL,
    @JsonProperty("gRPC")
    GRPC,
    @JsonProperty("WebSocket")
    WEBSOCKET,
    TCP
}
