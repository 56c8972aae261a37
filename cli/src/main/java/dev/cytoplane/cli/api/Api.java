package dev.cytoplane.cli.api;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The public REST API of one server. Paths start after {@code /api/v1}. Every method throws {@link Problem} when the
 * server refuses, and {@link Failure} with {@link ExitCode#UNREACHABLE} when it does not answer.
 */
public final class Api {

    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(5);
    private static final int PAGE = 200;

    private final URI server;
    private final TokenSource tokens;
    private final Http http;

    /** A resource and its version, for {@code If-Match}. */
    public record Versioned(JsonNode value, @Nullable String etag) {}

    public Api(URI server, TokenSource tokens, Http http) {
        this.server = server;
        this.tokens = tokens;
        this.http = http;
    }

    public URI server() {
        return server;
    }

    public Http http() {
        return http;
    }

    /** A path of segments, each encoded: {@code path("organizations", name)}. */
    public static String path(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(encode(segment));
        }
        return path.toString();
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonNode get(String path) {
        return getVersioned(path).value();
    }

    public Versioned getVersioned(String path) {
        HttpResponse<String> answer = exchange("GET", path, null, null, null, true);
        return new Versioned(json(answer), answer.headers().firstValue("ETag").orElse(null));
    }

    /** Plain text, such as a build's log. */
    public String getText(String path) {
        return exchange("GET", path, null, null, null, true).body();
    }

    /** True when the resource is there and may be seen. */
    public boolean exists(String path) {
        try {
            get(path);
            return true;
        } catch (Problem problem) {
            if (problem.status() == 404) {
                return false;
            }
            throw problem;
        }
    }

    /** All elements of a list, page by page, at most {@code limit}; as one document {@code {"items":[…]}}. */
    public JsonNode list(String path, int limit) {
        ArrayNode items = Json.array();
        String cursor = null;
        do {
            String query = (path.contains("?") ? "&" : "?") + "limit=" + Math.min(PAGE, limit)
                    + (cursor == null ? "" : "&cursor=" + encode(cursor));
            JsonNode page = get(path + query);
            if (page.isArray()) {
                return Json.object().set("items", page);
            }
            Json.list(page, "items").forEach(items::add);
            cursor = Json.textOrNull(page, "nextCursor");
        } while (cursor != null && items.size() < limit);
        while (items.size() > limit) {
            items.remove(items.size() - 1);
        }
        return Json.object().set("items", items);
    }

    /** Creates or starts something. Sent with an {@code Idempotency-Key}, so that a repeated sending makes one thing. */
    public JsonNode post(String path, JsonNode body) {
        String key = UUID.randomUUID().toString();
        return json(exchange(
                "POST",
                path,
                () -> BodyPublishers.ofByteArray(Json.bytes(body)),
                "application/json",
                builder -> builder.header("Idempotency-Key", key),
                true));
    }

    /** Sends a gzipped tar of a working tree. */
    public JsonNode upload(String path, Path archive) {
        String key = UUID.randomUUID().toString();
        return json(exchange(
                "POST",
                path,
                () -> {
                    try {
                        return BodyPublishers.ofFile(archive);
                    } catch (FileNotFoundException e) {
                        throw new Failure(ExitCode.FAILED, "The archive " + archive + " has vanished.", null, e);
                    }
                },
                "application/gzip",
                builder -> builder.header("Idempotency-Key", key).timeout(UPLOAD_TIMEOUT),
                true));
    }

    public JsonNode put(String path, JsonNode body, @Nullable String etag) {
        return json(exchange(
                "PUT",
                path,
                () -> BodyPublishers.ofByteArray(Json.bytes(body)),
                "application/json",
                builder -> ifMatch(builder, etag),
                true));
    }

    public JsonNode patch(String path, JsonNode body, @Nullable String etag) {
        return json(exchange(
                "PATCH",
                path,
                () -> BodyPublishers.ofByteArray(Json.bytes(body)),
                "application/merge-patch+json",
                builder -> ifMatch(builder, etag),
                false));
    }

    public void delete(String path) {
        exchange("DELETE", path, null, null, null, true);
    }

    /**
     * Reads a stream of server-sent events until {@code events} answers false or the server has said all. A cut
     * connection is taken up again where it broke off.
     */
    public void events(String path, Predicate<EventStream.Event> events) {
        stream(path).read(events);
    }

    /** Reads a stream that has an end, and is not resumed: a log as it is now. */
    public void eventsUntilEnd(String path, Predicate<EventStream.Event> events) {
        stream(path).readOnce(events);
    }

    private EventStream stream(String path) {
        return new EventStream(
                http,
                lastEventId -> request("GET", path, null, null, builder -> {
                    builder.setHeader("Accept", "text/event-stream").timeout(Duration.ofDays(1));
                    if (lastEventId != null) {
                        builder.header("Last-Event-ID", lastEventId);
                    }
                }),
                tokens);
    }

    private static void ifMatch(HttpRequest.Builder builder, @Nullable String etag) {
        if (etag != null) {
            builder.header("If-Match", etag);
        }
    }

    private interface Body {
        BodyPublisher publisher();
    }

    private HttpResponse<String> exchange(
            String method,
            String path,
            @Nullable Body body,
            @Nullable String contentType,
            @Nullable Consumer<HttpRequest.Builder> more,
            boolean repeatable) {
        HttpResponse<String> answer = http.send(
                () -> request(method, path, body, contentType, more),
                BodyHandlers.ofString(StandardCharsets.UTF_8),
                repeatable);
        if (answer.statusCode() == 401 && tokens.renew()) {
            answer = http.send(
                    () -> request(method, path, body, contentType, more),
                    BodyHandlers.ofString(StandardCharsets.UTF_8),
                    repeatable);
        }
        if (answer.statusCode() >= 300) {
            throw Problem.of(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("WWW-Authenticate").orElse(null));
        }
        return answer;
    }

    private HttpRequest request(
            String method,
            String path,
            @Nullable Body body,
            @Nullable String contentType,
            @Nullable Consumer<HttpRequest.Builder> more) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(server.resolve("/api/v1" + path))
                .timeout(Http.TIMEOUT)
                .header("Authorization", "Bearer " + tokens.accessToken())
                .header("Accept", "application/json, application/problem+json, text/plain;q=0.9")
                .method(method, body == null ? BodyPublishers.noBody() : body.publisher());
        if (contentType != null) {
            builder.header("Content-Type", contentType);
        }
        if (more != null) {
            more.accept(builder);
        }
        return builder.build();
    }

    private JsonNode json(HttpResponse<String> answer) {
        try {
            return answer.body().isBlank() ? Json.object() : Json.parse(answer.body());
        } catch (JacksonException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The server at " + server + " gave an answer that is not JSON.",
                    "Is this the address of a Cytoplane server? See cyto login --help.",
                    e);
        }
    }
}
