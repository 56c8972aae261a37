package dev.cytoplane.endtoend.platform;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Callers that call an address without pause until they are told to stop, and remember every answer that was not good. */
public final class Load implements AutoCloseable {

    private final Http http;
    private final List<Thread> callers;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> answers = new ConcurrentSkipListSet<>();
    private final AtomicInteger successes = new AtomicInteger();
    private volatile boolean stopped;

    public Load(Http http, String url, int callers) {
        this.http = http;
        this.callers = IntStream.range(0, callers)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> run(url)))
                .toList();
    }

    private void run(String url) {
        while (!stopped) {
            try {
                Answer answer = http.get(url);
                if (answer.status() == 200) {
                    answers.add(answer.text());
                    successes.incrementAndGet();
                } else {
                    failures.add(answer.toString());
                }
                // A steady stream, not a flood: the machine also has a build to do.
                Thread.sleep(20);
            } catch (RuntimeException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Every different good answer. */
    public Set<String> answers() {
        return Set.copyOf(answers);
    }

    /** How many good answers there have been so far. */
    public int successes() {
        return successes.get();
    }

    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread caller : callers) {
                caller.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
