package dev.cytoplane.dataplane.gateway;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a body: so many bytes, and what comes within a time. The rest is not read, so that neither a large
 * answer nor one that never ends costs more. The answer counts as there when its head is.
 */
final class FirstBytes implements HttpResponse.BodySubscriber<FirstBytes> {

    /** @param complete whether that is all of it */
    record Read(byte[] bytes, boolean complete) {}

    private final int most;
    private final Duration patience;
    private final long begunNanos = System.nanoTime();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;

    FirstBytes(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /** When the head was there. */
    long begunNanos() {
        return begunNanos;
    }

    @Override
    public CompletionStage<FirstBytes> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        boolean full;
        synchronized (bytes) {
            for (ByteBuffer buffer : buffers) {
                byte[] chunk = new byte[Math.min(buffer.remaining(), most + 1 - bytes.size())];
                buffer.get(chunk);
                bytes.writeBytes(chunk);
            }
            full = bytes.size() > most;
        }
        if (full) {
            stop();
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(false);
    }

    @Override
    public void onComplete() {
        end.complete(true);
    }

    private void stop() {
        end.complete(false);
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    /** Waits for the end, or for as long as it may take. */
    Read await() throws InterruptedException {
        boolean complete = false;
        try {
            complete = end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
            stop();
        }
        synchronized (bytes) {
            byte[] read = bytes.toByteArray();
            return new Read(read.length > most ? java.util.Arrays.copyOf(read, most) : read, complete);
        }
    }
}
