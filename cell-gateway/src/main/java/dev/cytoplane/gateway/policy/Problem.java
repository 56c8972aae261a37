package dev.cytoplane.gateway.policy;

import dev.cytoplane.contracts.json.ContractJson;
import java.util.Map;

/**
 * An answer of the gateway itself, as RFC 9457 has it.
 *
 * @param slug end of the problem type's URI, stable
 * @param headers further headers of the answer
 */
public record Problem(int status, String slug, String title, String detail, Map<String, String> headers) {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPES = "https://cytoplane.dev/problems/";

    private record Body(String type, String title, int status, String detail) {}

    public static Problem of(int status, String slug, String title, String detail) {
        return new Problem(status, slug, title, detail, Map.of());
    }

    public Problem with(String header, String value) {
        return new Problem(status, slug, title, detail, Map.of(header, value));
    }

    public byte[] body() {
        return ContractJson.canonical(new Body(TYPES + slug, title, status, detail));
    }
}
