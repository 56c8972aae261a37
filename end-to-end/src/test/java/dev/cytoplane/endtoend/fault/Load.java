package dev.cytoplane.endtoend.fault;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A person who calls an address again and again, about twenty times a second, until told to stop. */
final class Load implements AutoCloseable {

    private final Http http;
    private final HttpRequest request;
    private final Thread caller;
    private final List<String> failures = new ArrayList<>();
    private volatile boolean stopping;
    private final AtomicInteger successes = new AtomicInteger();

    private Load(Http http, String url) {
        this.http = http;
        this.request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .build();
        this.caller = Thread.ofPlatform().daemon().start(this::run);
    }

    static Load on(Http http, String url) {
        return new Load(http, url);
    }

    private void run() {
        while (!stopping) {
            Optional<String> failure = call();
            if (failure.isPresent()) {
                synchronized (failures) {
                    failures.add(failure.get());
                }
            } else {
                successes.incrementAndGet();
            }
            pause();
        }
    }

    private Optional<String> call() {
        try {
            Answer answer = http.send(request);
            return answer.status() == 200 ? Optional.empty() : Optional.of(answer.toString());
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int successes() {
        return successes.get();
    }

    List<String> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            caller.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
