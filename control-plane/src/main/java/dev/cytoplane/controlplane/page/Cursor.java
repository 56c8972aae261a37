package dev.cytoplane.controlplane.page;

import dev.cytoplane.controlplane.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page ended: the sort it belongs to, the sort value and the id of its last row. Opaque to clients, and checked
 * like any other input; it grants nothing, since the query it continues is checked on its own.
 */
record Cursor(String sort, String value, String id) {

    private static final String SEPARATOR = "\n";

    String encode() {
        String text = String.join(SEPARATOR, sort, id, value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Cursor decode(String text, String sort) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(SEPARATOR, 3);
            if (parts.length == 3
                    && parts[0].equals(sort)
                    && parts[2].indexOf('\0') < 0
                    && parts[1].indexOf('\0') < 0) {
                return new Cursor(parts[0], parts[2], parts[1]);
            }
        } catch (IllegalArgumentException e) {
            // Not base64: answered below, as any other cursor that is not ours.
        }
        throw Problem.invalid("cursor", "must be the nextCursor of a page of this list with the same sort");
    }
}
