package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.dataplane.runtime.LogReader;
import dev.cytoplane.dataplane.runtime.Runtime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code LOGS_WANTED}: each stream is one long request whose body is the log. */
final class LogStreams {

    private static final Logger log = LoggerFactory.getLogger(LogStreams.class);
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_TAIL = 10_000;

    private final LinkClient link;
    private final Runtime runtime;
    private final ExecutorService executor;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    LogStreams(LinkClient link, Runtime runtime, ExecutorService executor) {
        this.link = link;
        this.runtime = runtime;
        this.executor = executor;
    }

    void open(LinkEvent.LogsWanted wanted) {
        if (!free.tryAcquire()) {
            log.warn("{} logs are being read already; one more is refused", MOST_AT_ONCE);
            return;
        }
        executor.execute(() -> {
            try {
                stream(wanted);
            } catch (IOException e) {
                // Usual: the reader has left.
                log.debug("The log stream {} has ended", wanted.stream(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                free.release();
            }
        });
    }

    private void stream(LinkEvent.LogsWanted wanted) throws IOException, InterruptedException {
        try (LogReader reader = runtime.logs(
                wanted.cell(),
                wanted.component(),
                wanted.instance(),
                Math.clamp(wanted.tail(), 0, MOST_TAIL),
                wanted.follow())) {
            HttpRequest request = link.request("/link/v1/log-streams/" + wanted.stream())
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Lines(reader)))
                    .build();
            link.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** A log as bytes. Waits for the next line; a blank line now and then shows whether the reader is still there. */
    private static final class Lines extends InputStream {

        private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

        private final LogReader reader;
        private byte[] current = new byte[0];
        private int position;

        Lines(LogReader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (position == current.length && !fill()) {
                return -1;
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, target, offset, count);
            position += count;
            return count;
        }

        private boolean fill() throws IOException {
            try {
                if (reader.finished()) {
                    return false;
                }
                List<LogLine> lines = reader.next(SIGN_OF_LIFE);
                if (lines.isEmpty() && reader.finished()) {
                    return false;
                }
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                for (LogLine line : lines) {
                    bytes.writeBytes(ContractJson.canonical(line));
                    bytes.write('\n');
                }
                if (lines.isEmpty()) {
                    bytes.write('\n');
                }
                current = bytes.toByteArray();
                position = 0;
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted", e);
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
