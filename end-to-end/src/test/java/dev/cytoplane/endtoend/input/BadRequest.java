package dev.cytoplane.endtoend.input;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * A request that has to be refused.
 *
 * @param fault what is wrong with it
 * @param token bearer token; empty for none
 * @param statuses the answers that are right
 * @param field the field, parameter or header that the answer has to name; empty when the fault is not in one
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; some bodies are no text.
record BadRequest(
        String fault,
        String method,
        String path,
        String token,
        Map<String, String> headers,
        byte[] body,
        Set<Integer> statuses,
        String field) {

    static BadRequest of(
            String fault,
            Operation operation,
            String path,
            String token,
            Map<String, String> headers,
            String body,
            Set<Integer> statuses,
            String field) {
        return new BadRequest(
                fault,
                operation.method(),
                path,
                token,
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                statuses,
                field);
    }
}
