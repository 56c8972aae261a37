package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.stream.Streams;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Brings readers of logs and the data planes that have them together. Nothing is stored here. */
@Component
class LogStreams {

    private static final int MOST_READERS = 500;

    private final Watches watches;
    private final Streams sse;
    private final Map<UUID, LogStream> waiting = new ConcurrentHashMap<>();

    LogStreams(Watches watches, Streams sse) {
        this.watches = watches;
        this.sse = sse;
    }

    /** What is to be read. */
    record Wanted(
            String dataPlane,
            String cell,
            String component,
            @Nullable String instance,
            int tail,
            boolean follow) {}

    /**
     * Asks the data plane for the log.
     *
     * @throws Problem 503 when it is not connected
     */
    LogStream open(Wanted wanted) {
        UUID id = UUID.randomUUID();
        LogStream stream = new LogStream(id, wanted.dataPlane(), sse::wake, waiting::remove);
        if (waiting.size() >= MOST_READERS) {
            throw Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE, "too-many-readers", "Too many logs are read now. Try again later.");
        }
        waiting.put(id, stream);
        LinkEvent event = new LinkEvent.LogsWanted(
                id.toString(), wanted.cell(), wanted.component(), wanted.instance(), wanted.tail(), wanted.follow());
        if (!watches.tell(wanted.dataPlane(), event)) {
            stream.end();
            throw Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "data-plane-unavailable",
                    "The data plane %s is not connected: its cells run on, but their logs cannot be read now."
                            .formatted(wanted.dataPlane()));
        }
        return stream;
    }

    /**
     * Takes what a data plane sends for a stream, until it has no more or the reader leaves. Who comes for one that is not
     * theirs, or that nobody reads any more, is cut off like the one whose reader left.
     */
    void receive(Agent agent, UUID id, HttpServletRequest request, HttpServletResponse answer) {
        LogStream stream = Optional.ofNullable(waiting.get(id))
                .filter(it -> it.dataPlane().equals(agent.dataPlane()))
                .filter(LogStream::claim)
                .orElseGet(() -> unread(agent, id));
        answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        try {
            request.getInputStream().setReadListener(new LogReceiver(request.getInputStream(), stream, context));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LogStream unread(Agent agent, UUID id) {
        LogStream stream = new LogStream(id, agent.dataPlane(), nobody -> {}, nothing -> {});
        stream.end();
        return stream;
    }
}
