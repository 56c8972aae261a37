package dev.cytoplane.gateway.signal;

import dev.cytoplane.contracts.json.ContractJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JSON line a request, written by a thread of its own. When the disk is slower than the requests, lines are
 * dropped and counted, never waited for.
 */
public final class AccessLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private static final int BOUND = 8192;

    /** What is written of a request. The query is not, since it may hold secrets. */
    record Line(
            String time,
            String direction,
            @Nullable String cell,
            @Nullable String component,
            @Nullable String endpoint,
            @Nullable String release,
            String method,
            String host,
            String path,
            int status,
            double milliseconds,
            String remote,
            @Nullable String caller,
            @Nullable String traceId) {}

    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(BOUND);
    private final LongAdder dropped = new LongAdder();
    private final BufferedWriter writer;
    private final Thread thread;

    public AccessLog(Path file) {
        try {
            this.writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("The access log cannot be written", e);
        }
        this.thread = Thread.ofVirtual().name("access-log").start(this::write);
    }

    void add(Line line) {
        if (!lines.offer(line)) {
            dropped.increment();
        }
    }

    private void write() {
        try {
            while (true) {
                Line line = lines.take();
                while (line != null) {
                    writer.write(ContractJson.MAPPER.writeValueAsString(line));
                    writer.newLine();
                    line = lines.poll();
                }
                long lost = dropped.sumThenReset();
                if (lost > 0) {
                    log.warn("{} lines of the access log were dropped", lost);
                }
                writer.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.error("The access log ends here", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(java.time.Duration.ofSeconds(1));
            writer.close();
        } catch (IOException e) {
            log.warn("The access log's end is lost", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
