package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads server-sent events. */
public final class EventStream {

    private EventStream() {}

    /** One event of a stream; what it lacks is empty. */
    public record Event(String id, String type, String data) {}

    /** Reads until there are so many events. */
    public static List<Event> read(Platform platform, String path, String lastEventId, int count) {
        return readUntil(platform, path, lastEventId, events -> events.size() >= count);
    }

    /**
     * Reads until there is enough, or until the server ends the stream.
     *
     * @param lastEventId where to go on; empty for the beginning
     * @throws AssertionError with what there was, when it is not enough in time
     */
    public static List<Event> readUntil(
            Platform platform, String path, String lastEventId, Predicate<List<Event>> enough) {
        Api api = platform.api();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.url(path)))
                .header("Authorization", "Bearer " + api.token())
                .header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        List<Event> events = new ArrayList<>();
        HttpResponse<Stream<String>> response;
        try {
            response = platform.http().client().send(request.build(), BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode());
        }
        if (!response.headers().allValues("X-Accel-Buffering").equals(List.of("no"))) {
            throw new AssertionError("Proxies may hold back " + path + ": " + response.headers());
        }
        Stream<String> lines = response.body();
        CompletableFuture<Void> reading = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                collect(lines.iterator(), events, enough);
                reading.complete(null);
            } catch (RuntimeException e) {
                reading.completeExceptionally(e);
            }
        });
        try {
            reading.get(Waits.USUAL.toSeconds(), TimeUnit.SECONDS);
            return events;
        } catch (TimeoutException e) {
            throw new AssertionError("Not enough events of " + path + " in time: " + events, e);
        } catch (Exception e) {
            throw new AssertionError("The stream " + path + " broke after " + events, e);
        } finally {
            lines.close();
        }
    }

    private static void collect(Iterator<String> lines, List<Event> events, Predicate<List<Event>> enough) {
        String id = "";
        String type = "message";
        StringBuilder data = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.add(new Event(id, type, data.toString().strip()));
                    if (enough.test(List.copyOf(events))) {
                        return;
                    }
                }
                type = "message";
                data.setLength(0);
            } else if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("event:")) {
                type = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5).strip()).append('\n');
            }
        }
    }
}
