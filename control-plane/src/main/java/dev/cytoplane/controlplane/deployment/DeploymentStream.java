package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Deployments as server-sent events. The id of an event is the deployment's version, so a reader that comes back with
 * Last-Event-ID hears only what is newer. It always sees the latest state, and may miss one in between.
 */
@Component
class DeploymentStream implements SmartLifecycle {

    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
    /** Should a wake-up ever be lost, in another process say. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private final Deployments deployments;
    private final Tenancy tenancy;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    DeploymentStream(Deployments deployments, Tenancy tenancy) {
        this.deployments = deployments;
        this.tenancy = tenancy;
    }

    private record Reader(UUID organizationId, UUID deployment, SseEmitter emitter, Semaphore signal) {}

    /** @param after the version that the reader has seen; 0 for none */
    SseEmitter follow(UUID organizationId, UUID deployment, long after) {
        Reader reader = new Reader(organizationId, deployment, new SseEmitter(LIFE.toMillis()), new Semaphore(0));
        readers.add(reader);
        Thread.ofVirtual().name("deployment-" + deployment).start(() -> {
            try {
                tenancy.in(organizationId, () -> send(reader, after));
                reader.emitter().complete();
            } catch (RuntimeException e) {
                reader.emitter().completeWithError(e);
            } finally {
                readers.remove(reader);
            }
        });
        return reader.emitter();
    }

    void changed(Event event) {
        String id = String.valueOf(event.data().get("id"));
        readers.stream()
                .filter(reader -> reader.deployment().toString().equals(id))
                .forEach(reader -> reader.signal().release());
    }

    private void send(Reader reader, long after) {
        try {
            reader.emitter().send(SseEmitter.event().comment("open").reconnectTime(1000));
            long sent = after;
            long spoke = System.nanoTime();
            while (running) {
                Optional<Deployment> now = deployments.get(reader.deployment());
                if (now.isEmpty()) {
                    return;
                }
                if (now.get().version() > sent) {
                    sent = now.get().version();
                    reader.emitter()
                            .send(SseEmitter.event()
                                    .id(Long.toString(sent))
                                    .name("status")
                                    .data(
                                            DeploymentController.DeploymentView.of(now.get()),
                                            MediaType.APPLICATION_JSON));
                    spoke = System.nanoTime();
                } else if (System.nanoTime() - spoke > SIGN_OF_LIFE.toNanos()) {
                    reader.emitter().send(SseEmitter.event().comment("still here"));
                    spoke = System.nanoTime();
                }
                if (now.get().status().isSettled()) {
                    return;
                }
                if (reader.signal().tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    reader.signal().drainPermits();
                }
            }
        } catch (IOException | IllegalStateException e) {
            // The reader left.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for its requests to end. */
    @Override
    public void stop() {
        running = false;
        readers.forEach(reader -> reader.signal().release());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
