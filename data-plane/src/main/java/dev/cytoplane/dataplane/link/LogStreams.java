package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.runtime.LogReader;
import dev.cytoplane.dataplane.runtime.LogSource;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private final LogSource source;
    private final ExecutorService executor;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    LogStreams(LinkClient link, LogSource source, ExecutorService executor) {
        this.link = link;
        this.source = source;
        this.executor = executor;
    }

    void open(LinkEvent.LogsWanted wanted) {
        if (!free.tryAcquire()) {
            log.warn("{} logs are being read already; one more is refused", MOST_AT_ONCE);
            // With an end, so that its reader need not wait for what does not come.
            executor.execute(() -> send(wanted, HttpRequest.BodyPublishers.noBody()));
            return;
        }
        executor.execute(() -> {
            try {
                stream(wanted);
            } finally {
                free.release();
            }
        });
    }

    private void stream(LinkEvent.LogsWanted wanted) {
        try (LogReader reader = source.logs(
                wanted.cell(),
                wanted.component(),
                wanted.instance(),
                Math.clamp(wanted.tail(), 0, MOST_TAIL),
                wanted.follow())) {
            send(wanted, new LogBody(reader, executor));
        }
    }

    private void send(LinkEvent.LogsWanted wanted, HttpRequest.BodyPublisher body) {
        try {
            HttpRequest request = link.request("/link/v1/log-streams/" + wanted.stream())
                    .header("Content-Type", "application/x-ndjson")
                    .POST(body)
                    .build();
            link.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            // Usual: the reader has left.
            log.debug("The log stream {} has ended", wanted.stream(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
