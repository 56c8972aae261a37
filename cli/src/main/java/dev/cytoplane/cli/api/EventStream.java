package dev.cytoplane.cli.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (WHATWG HTML, section 9.2). After a cut it asks again with {@code Last-Event-ID}; it gives up after
 * ten tries in a row that brought nothing.
 */
public final class EventStream {

    private static final int TRIES = 10;

    /** @param type {@code message} when the server names none */
    public record Event(@Nullable String id, String type, String data) {}

    private final Http http;
    private final Function<@Nullable String, HttpRequest> request;
    private final TokenSource tokens;
    private Duration retry = Duration.ofSeconds(1);
    private @Nullable String lastEventId;
    private boolean progressed;

    EventStream(Http http, Function<@Nullable String, HttpRequest> request, TokenSource tokens) {
        this.http = http;
        this.request = request;
        this.tokens = tokens;
    }

    /** Ends when {@code events} answers false. */
    void read(Predicate<Event> events) {
        read(events, true);
    }

    /** Ends when the server has said all; only what cannot be reached is asked again. */
    void readOnce(Predicate<Event> events) {
        read(events, false);
    }

    private void read(Predicate<Event> events, boolean resume) {
        int fruitless = 0;
        boolean renewed = false;
        while (true) {
            progressed = false;
            HttpResponse<InputStream> response =
                    http.send(() -> request.apply(lastEventId), BodyHandlers.ofInputStream(), true);
            if (response.statusCode() == 204) {
                return;
            }
            if (response.statusCode() == 401 && !renewed && tokens.renew()) {
                renewed = true;
                close(response.body());
                continue;
            }
            if (response.statusCode() != 200) {
                throw refused(response);
            }
            try (InputStream body = response.body()) {
                if (!consume(body, events) || !resume) {
                    return;
                }
            } catch (IOException e) {
                if (!resume || !progressed && ++fruitless == TRIES) {
                    throw new dev.cytoplane.cli.Failure(
                            dev.cytoplane.cli.ExitCode.UNREACHABLE,
                            "The connection to the server keeps breaking.",
                            null,
                            e);
                }
            }
            if (progressed) {
                fruitless = 0;
                renewed = false;
            } else if (++fruitless >= TRIES) {
                return;
            }
            http.pause(retry);
        }
    }

    private static Problem refused(HttpResponse<InputStream> response) {
        String body = "";
        try (InputStream in = response.body()) {
            body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // The status alone says enough.
        }
        return Problem.of(
                response.statusCode(),
                body,
                response.headers().firstValue("WWW-Authenticate").orElse(null));
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It is not read any more.
        }
    }

    /** @return false when the reader has seen enough */
    private boolean consume(InputStream body, Predicate<Event> events) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder data = new StringBuilder();
        String type = "";
        String id = lastEventId;
        boolean some = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                lastEventId = id;
                if (some) {
                    progressed = true;
                    data.setLength(Math.max(0, data.length() - 1));
                    Event event = new Event(id, type.isEmpty() ? "message" : type, data.toString());
                    if (!events.test(event)) {
                        return false;
                    }
                }
                data.setLength(0);
                type = "";
                some = false;
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "data" -> {
                    data.append(value).append('\n');
                    some = true;
                }
                case "event" -> type = value;
                case "id" -> id = value;
                case "retry" -> {
                    if (value.matches("[0-9]{1,6}")) {
                        retry = Duration.ofMillis(Long.parseLong(value));
                    }
                }
                default -> {
                    // Comments and fields of the future.
                }
            }
        }
        return true;
    }
}
