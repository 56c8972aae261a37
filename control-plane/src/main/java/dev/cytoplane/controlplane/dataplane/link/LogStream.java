package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.link.LogLine;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way from a data plane to a reader. Holds a bounded number; when the reader is slow, the data plane
 * waits, and when the reader takes nothing for a while, the stream ends.
 */
final class LogStream {

    private static final int LINES = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A data plane that has no line says so every five seconds: silence means that it, or the way to it, is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final String dataPlane;
    private final Runnable forget;
    private final BlockingQueue<LogLine> lines = new LinkedBlockingQueue<>(LINES);
    private final AtomicBoolean claimed = new AtomicBoolean();
    private volatile long heard = System.nanoTime();
    private volatile boolean complete;
    private volatile boolean closed;

    LogStream(String dataPlane, Runnable forget) {
        this.dataPlane = dataPlane;
        this.forget = forget;
    }

    String dataPlane() {
        return dataPlane;
    }

    /** True for the first who sends. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    boolean isClaimed() {
        return claimed.get();
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
            return !closed && lines.offer(line, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** All is said. */
    void complete() {
        complete = true;
    }

    /** The next line, or null when none came in time. */
    @Nullable
    LogLine poll(Duration wait) throws InterruptedException {
        return lines.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isAtEnd() {
        return closed || ((complete || isSilent()) && lines.isEmpty());
    }

    private boolean isSilent() {
        return claimed.get() && System.nanoTime() - heard > SILENCE.toNanos();
    }

    /** The reader leaves. */
    void close() {
        closed = true;
        forget.run();
        // A sender that waits for room goes on, and sees that nobody reads.
        lines.clear();
    }
}
