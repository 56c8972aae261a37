package dev.cytoplane.endtoend.platform;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What an HTTP request was answered. */
public record Answer(String request, HttpResponse<byte[]> response) {

    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    public String etag() {
        return header("ETag").orElseThrow(() -> new AssertionError("No ETag: " + this));
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return Json.read(text());
    }

    /** @throws AssertionError with the whole answer, when the status is another one */
    public Answer expect(int status) {
        if (status() != status) {
            throw new AssertionError("Expected " + status + ": " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        String text = text();
        return "%s → %d %s%n%s"
                .formatted(
                        request,
                        status(),
                        header("Content-Type").orElse(""),
                        text.length() > 2000 ? text.substring(0, 2000) + "…" : text);
    }
}
