package dev.cytoplane.endtoend.kubernetes;

import dev.cytoplane.endtoend.platform.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How often and how long an address does not answer. */
final class Outage implements AutoCloseable {

    private final Thread watcher;
    private volatile boolean stopped;
    private final AtomicInteger times = new AtomicInteger();
    private volatile Duration longest = Duration.ZERO;

    private Outage(Http http, String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .build();
        watcher = Thread.ofVirtual().start(() -> run(http, request));
    }

    static Outage watch(Http http, String url) {
        return new Outage(http, url);
    }

    private void run(Http http, HttpRequest request) {
        boolean away = false;
        long since = System.nanoTime();
        while (!stopped) {
            boolean answers = answers(http, request);
            long now = System.nanoTime();
            if (answers) {
                away = false;
                since = now;
            } else {
                if (!away) {
                    times.incrementAndGet();
                }
                away = true;
            }
            if (away) {
                Duration lasted = Duration.ofNanos(now - since);
                longest = lasted.compareTo(longest) > 0 ? lasted : longest;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean answers(Http http, HttpRequest request) {
        try {
            return http.send(request).status() == 200;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    /** How many times it stopped answering. */
    int times() {
        return times.get();
    }

    /** From the last good answer before. */
    Duration longest() {
        return longest;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
