package dev.cytoplane.endtoend.platform;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The REST API as one caller. Paths start below {@code /api/v1}. */
public final class Api {

    private final Http http;
    private final String url;
    private final Supplier<String> token;

    /**
     * @param url of the platform, without a slash at the end
     * @param token of the caller, asked for at each request; empty for nobody
     */
    public Api(Http http, String url, Supplier<String> token) {
        this.http = http;
        this.url = url;
        this.token = token;
    }

    /** The same API as another caller. */
    public Api as(String otherToken) {
        return new Api(http, url, () -> otherToken);
    }

    public String url(String path) {
        return url + "/api/v1" + path;
    }

    public String token() {
        return token.get();
    }

    public Answer get(String path) {
        return send("GET", path, "", Map.of());
    }

    public Answer post(String path, Object body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    public Answer post(String path, Object body, String idempotencyKey) {
        return send("POST", path, Json.write(body), Map.of("Idempotency-Key", idempotencyKey));
    }

    public Answer put(String path, String etag, Object body) {
        return send("PUT", path, Json.write(body), Map.of("If-Match", etag));
    }

    /** A JSON merge patch. */
    public Answer patch(String path, String etag, Object body) {
        return send(
                "PATCH",
                path,
                Json.write(body),
                Map.of("If-Match", etag, "Content-Type", "application/merge-patch+json"));
    }

    public Answer delete(String path) {
        return send("DELETE", path, "", Map.of());
    }

    /** Any request. JSON is the content type where the headers name none and there is a body. */
    public Answer send(String method, String path, String body, Map<String, String> headers) {
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer send(String method, String path, byte[] body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        String bearer = token.get();
        if (!bearer.isEmpty()) {
            all.putIfAbsent("Authorization", "Bearer " + bearer);
        }
        if (body.length > 0) {
            all.putIfAbsent("Content-Type", "application/json");
        }
        return http.send(method, url(path), body, all);
    }

    /** All items of a list, following its cursors. */
    public List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String separator = path.contains("?") ? "&" : "?";
        String next = path + separator + "limit=200";
        while (true) {
            JsonNode page = get(next).expect(200).json();
            page.path("items").forEach(items::add);
            JsonNode cursor = page.path("nextCursor");
            if (cursor.isNull() || cursor.isMissingNode()) {
                return items;
            }
            next = path + separator + "limit=200&cursor=" + cursor.asString();
        }
    }
}
