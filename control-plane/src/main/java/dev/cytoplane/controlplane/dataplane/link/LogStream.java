package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.controlplane.stream.Feed;
import dev.cytoplane.controlplane.stream.Reader;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Lines on their way from a data plane to a reader. Holds a bounded number; when the reader is slow, the data plane
 * waits, and when the reader takes nothing for a while, the stream ends.
 */
final class LogStream implements Feed {

    private static final int LINES = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    /** A data plane that has no line says so every five seconds: silence means that it, or the way to it, is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final UUID id;
    private final String dataPlane;
    private final Consumer<UUID> changed;
    private final Consumer<UUID> ended;
    private final BlockingQueue<LogLine> lines = new LinkedBlockingQueue<>(LINES);
    private final AtomicBoolean claimed = new AtomicBoolean();
    private volatile long heard = System.nanoTime();
    private volatile boolean complete;
    private volatile boolean closed;

    /**
     * @param changed told when there is something to read
     * @param ended told when nobody reads any more
     */
    LogStream(UUID id, String dataPlane, Consumer<UUID> changed, Consumer<UUID> ended) {
        this.id = id;
        this.dataPlane = dataPlane;
        this.changed = changed;
        this.ended = ended;
    }

    UUID id() {
        return id;
    }

    String dataPlane() {
        return dataPlane;
    }

    /** True for the first who sends. */
    boolean claim() {
        heard();
        return claimed.compareAndSet(false, true);
    }

    /** The sender gave a sign of life. */
    void heard() {
        heard = System.nanoTime();
    }

    /** False when the reader has left. */
    boolean isRead() {
        return !closed;
    }

    /** False when nobody reads any more. Waits while the reader is behind. */
    boolean put(LogLine line) {
        try {
            boolean taken = !closed && lines.offer(line, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            changed.accept(id);
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** All is said. */
    void complete() {
        complete = true;
        changed.accept(id);
    }

    @Override
    public boolean tell(Reader reader) throws IOException {
        boolean last = closed || complete || isSilent();
        for (LogLine line = lines.poll(); line != null; line = lines.poll()) {
            reader.event(null, "line", line);
        }
        return !last;
    }

    private boolean isSilent() {
        return System.nanoTime() - heard > (claimed.get() ? SILENCE : ANSWER).toNanos();
    }

    /** The reader leaves. */
    @Override
    public void end() {
        closed = true;
        ended.accept(id);
        // A sender that waits for room goes on, and sees that nobody reads.
        lines.clear();
    }
}
