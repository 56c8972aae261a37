package dev.cytoplane.controlplane.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Who reads a stream of server-sent events. */
public final class Reader {

    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

    /** Proxies close connections that say nothing for a minute or less. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final SseEmitter emitter;
    private final Semaphore signal = new Semaphore(0);
    private long spoke = System.nanoTime();
    private volatile boolean gone;

    Reader() {
        this(new Unbuffered());
    }

    Reader(SseEmitter emitter) {
        this.emitter = emitter;
        emitter.onCompletion(this::leave);
        emitter.onError(failure -> leave());
    }

    SseEmitter emitter() {
        return emitter;
    }

    boolean isGone() {
        return gone;
    }

    void wake() {
        signal.release();
    }

    private void leave() {
        gone = true;
        wake();
    }

    /** A reader that left is the container's to end: it has seen the connection break, or is about to. */
    void end() {
        if (gone) {
            return;
        }
        try {
            emitter.complete();
        } catch (IllegalStateException e) {
            LOG.debug("The reader of a stream has left as it ended", e);
        }
    }

    /** At once, so that the reader sees that the stream stands. */
    void open() throws IOException {
        emitter.send(SseEmitter.event().comment("open").reconnectTime(1000));
    }

    /**
     * Sends an event.
     *
     * @param id what the reader comes back with as Last-Event-ID; null where a stream cannot be resumed
     * @param data sent as JSON
     * @throws IOException when the reader has left
     */
    public void event(@Nullable String id, String type, Object data) throws IOException {
        SseEmitter.SseEventBuilder event = SseEmitter.event().name(type).data(data, MediaType.APPLICATION_JSON);
        emitter.send(id == null ? event : event.id(id));
        spoke = System.nanoTime();
    }

    /** Until something changed or it is time to look again. A reader that heard nothing for long gets a sign of life. */
    void await() throws IOException, InterruptedException {
        if (signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            signal.drainPermits();
        }
        if (System.nanoTime() - spoke > QUIET.toNanos()) {
            emitter.send(SseEmitter.event().comment("still here"));
            spoke = System.nanoTime();
        }
    }
}
