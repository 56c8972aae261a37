package dev.cytoplane.controlplane.stream;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open streams of server-sent events, by what they are about. Each has a virtual thread. A stream ends with its
 * feed, with its reader, or when its time is over: nobody listens on for long who lost the right to, and who comes back
 * with Last-Event-ID misses nothing.
 */
@Component
public class Streams implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final Topics<Object, Reader> open = new Topics<>();
    private volatile boolean running;

    /**
     * @param topic what wakes it; see {@link #wake}
     * @param life after which it ends, whatever its feed says
     */
    public SseEmitter open(Object topic, Duration life, Feed feed) {
        Reader reader = new Reader();
        long end = System.nanoTime() + life.toNanos();
        Thread.ofVirtual().name("stream-" + topic).start(() -> {
            open.add(topic, reader);
            try {
                serve(reader, feed, end);
            } finally {
                open.remove(topic, reader);
                feed.end();
                reader.end();
            }
        });
        return reader.emitter();
    }

    /** Something about the topic has changed. Losing a wake-up costs two seconds. */
    public void wake(Object topic) {
        open.at(topic).forEach(Reader::wake);
    }

    private void serve(Reader reader, Feed feed, long end) {
        try {
            reader.open();
            while (running && !reader.isGone() && System.nanoTime() - end < 0 && feed.tell(reader)) {
                reader.await();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("The reader of a stream has left", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException e) {
            // The reader comes back, and misses nothing.
            LOG.warn("A stream of events ended early: {}", e.getMessage());
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
        open.everywhere().forEach(Reader::wake);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
