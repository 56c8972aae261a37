package dev.cytoplane.dataplane.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import java.io.UncheckedIOException;

/** The spec as the contract reads and writes it: the client's own JSON has other rules for what is missing or new. */
public record CellSpec(Cell.Spec value) {

    private static final ObjectMapper CLIENT = new ObjectMapper();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static CellSpec read(JsonNode json) {
        return new CellSpec(ContractJson.MAPPER.readValue(json.toString(), Cell.Spec.class));
    }

    @JsonValue
    JsonNode write() {
        try {
            return CLIENT.readTree(ContractJson.canonical(value));
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
