package dev.cytoplane.controlplane.event;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * An organization's events as server-sent events, each with its number as id. A stream ends after a quarter of an hour,
 * so that nobody listens on for long who lost the right to; the reader comes back with Last-Event-ID and misses nothing.
 */
@Component
public class EventStream implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    static final Duration LIFE = Duration.ofMinutes(15);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int BATCH = 100;

    private final EventFeed feed;
    private final Wakeups wakeups;
    private final JsonMapper json;
    private final Clock clock;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    EventStream(EventFeed feed, Wakeups wakeups, JsonMapper json, Clock clock) {
        this.feed = feed;
        this.wakeups = wakeups;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What the stream sends as data.
     *
     * @param subject the path of what it happened to
     */
    public record Message(long sequence, String type, String subject, Object data, Instant time) {}

    /** @param after the number of the last event that the reader has; null for new ones only */
    public SseEmitter open(UUID organizationId, @Nullable Long after) {
        long start = after != null ? after : feed.last(organizationId);
        var reader = new Reader(organizationId, start, new SseEmitter(0L), new Semaphore(0));
        Thread.ofVirtual().name("event-stream").start(() -> serve(reader));
        return reader.emitter();
    }

    private record Reader(UUID organizationId, long start, SseEmitter emitter, Semaphore signal) {}

    private void serve(Reader reader) {
        Consumer<UUID> wake = organization -> {
            if (organization.equals(reader.organizationId())) {
                reader.signal().release();
            }
        };
        readers.add(reader);
        wakeups.add(wake);
        try {
            send(reader);
            reader.emitter().complete();
        } catch (IOException | IllegalStateException e) {
            // The reader left.
            reader.emitter().completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException e) {
            // The reader comes back, and misses nothing.
            LOG.warn("A stream of events ended early: {}", e.getMessage());
            reader.emitter().complete();
        } finally {
            wakeups.remove(wake);
            readers.remove(reader);
        }
    }

    private void send(Reader reader) throws IOException, InterruptedException {
        Instant end = clock.instant().plus(LIFE);
        Instant spoke = clock.instant();
        long reached = reader.start();
        // At once, so that the reader sees that the stream stands.
        reader.emitter().send(SseEmitter.event().comment("open").reconnectTime(1000));
        while (running && clock.instant().isBefore(end)) {
            List<Event> events = feed.after(reader.organizationId(), reached, BATCH);
            for (Event event : events) {
                reader.emitter()
                        .send(SseEmitter.event()
                                .id(Long.toString(event.sequence()))
                                .name(event.type())
                                .data(json.writeValueAsString(new Message(
                                        event.sequence(), event.type(), event.subject(), event.data(), event.time()))));
                reached = event.sequence();
                spoke = clock.instant();
            }
            if (events.size() < BATCH) {
                if (reader.signal().tryAcquire(2, TimeUnit.SECONDS)) {
                    reader.signal().drainPermits();
                }
                if (clock.instant().isAfter(spoke.plus(HEARTBEAT))) {
                    reader.emitter().send(SseEmitter.event().comment("still here"));
                    spoke = clock.instant();
                }
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the listeners stop: they wait for requests that are under way. */
    @Override
    public void stop() {
        running = false;
        readers.forEach(reader -> reader.signal().release());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
