package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.controlplane.problem.Problem;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads what data planes send, in the contracts' own form. */
final class LinkJson {

    private LinkJson() {}

    static <T> T read(byte[] body, Class<T> type) {
        try {
            return Objects.requireNonNull(ContractJson.MAPPER.readValue(body, type));
        } catch (JacksonException | NullPointerException e) {
            throw Problem.invalid("body", "is not a " + type.getSimpleName() + " of the link's contract");
        }
    }

    /** What came of a call, whole. */
    static EndpointCall.Outcome outcome(byte[] body) {
        EndpointCall.Outcome outcome = read(body, EndpointCall.Outcome.class);
        if (outcome instanceof EndpointCall.Answered answered) {
            for (EndpointCall.Header header : required("headers", answered.headers())) {
                required("headers.name", header.name());
                required("headers.value", header.value());
            }
            try {
                Base64.getDecoder().decode(required("body", answered.body()));
            } catch (IllegalArgumentException e) {
                throw Problem.invalid("body", "is not Base64");
            }
        }
        return outcome;
    }

    /** What the contract does not mark as nullable has to be there. */
    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Problem.invalid(field, "is missing");
        }
        return value;
    }
}
