package dev.cytoplane.controlplane.event;

import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.stream.Feed;
import dev.cytoplane.controlplane.stream.Reader;
import dev.cytoplane.controlplane.stream.Streams;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An organization's events as server-sent events, each with its number as id. */
@Component
public class EventStream {

    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final int BATCH = 100;

    private final EventFeed feed;
    private final Streams streams;

    EventStream(EventFeed feed, Wakeups wakeups, Streams streams) {
        this.feed = feed;
        this.streams = streams;
        wakeups.add(streams::wake);
    }

    /**
     * What the stream sends as data.
     *
     * @param subject the path of what it happened to
     */
    public record Message(long sequence, String type, String subject, Object data, Instant time) {}

    /**
     * @param after the number of the last event that the reader has, 0 for the first that is kept; null for new ones only
     * @throws Problem 410 when events that the reader lacks are not kept any more; 400 when there is no such event yet
     */
    public SseEmitter open(UUID organizationId, @Nullable Long after) {
        EventFeed.Extent kept = feed.extent(organizationId);
        long start = after != null ? after : kept.last();
        if (start < 0 || start > kept.last()) {
            throw Problem.invalid(
                    "Last-Event-ID", "must be the id of an event of this stream; the last is " + kept.last());
        }
        if (start > 0 && start < kept.first() - 1) {
            throw Problem.of(
                    HttpStatus.GONE,
                    "events-not-kept",
                    ("The events after %d are not kept any more; the first that is kept is %d. Read anew what you follow,"
                                    + " then come back with Last-Event-ID 0, or without it for new events only.")
                            .formatted(start, kept.first()));
        }
        return streams.open(organizationId, LIFE, new Following(organizationId, start));
    }

    private final class Following implements Feed {

        private final UUID organizationId;
        private long reached;

        Following(UUID organizationId, long start) {
            this.organizationId = organizationId;
            this.reached = start;
        }

        @Override
        public boolean tell(Reader reader) throws IOException {
            List<Event> events;
            do {
                events = feed.after(organizationId, reached, BATCH);
                for (Event event : events) {
                    reader.event(
                            Long.toString(event.sequence()),
                            event.type(),
                            new Message(event.sequence(), event.type(), event.subject(), event.data(), event.time()));
                    reached = event.sequence();
                }
            } while (events.size() == BATCH);
            return true;
        }
    }
}
