package dev.cytoplane.controlplane.event;

import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hands each handler each organization's events, in order, at least once. Woken by the commit that made an event, and
 * looking by itself every second for what a wake-up of another process or of an earlier life of this one told.
 */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int BATCH = 100;

    private final ObjectProvider<EventHandler> handlers;
    private final EventFeed feed;
    private final Positions positions;
    private final Leadership leadership;
    private final Wakeups wakeups;
    private final Tenancy tenancy;

    private final Semaphore signal = new Semaphore(0);
    private final Set<Work> busy = ConcurrentHashMap.newKeySet();
    private final Consumer<UUID> wake = organization -> signal.release();
    private @Nullable ExecutorService workers;
    private volatile boolean running;

    Dispatcher(
            ObjectProvider<EventHandler> handlers,
            EventFeed feed,
            Positions positions,
            Leadership leadership,
            Wakeups wakeups,
            Tenancy tenancy) {
        this.handlers = handlers;
        this.feed = feed;
        this.positions = positions;
        this.leadership = leadership;
        this.wakeups = wakeups;
        this.tenancy = tenancy;
    }

    private record Work(String handler, UUID organizationId) {}

    @Override
    public synchronized void start() {
        running = true;
        wakeups.add(wake);
        ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("events-", 0).factory());
        workers = executor;
        List<EventHandler> all = handlers.stream().toList();
        executor.execute(() -> run(all, executor));
    }

    private void run(List<EventHandler> all, ExecutorService executor) {
        while (running) {
            try {
                if (leadership.held()) {
                    all.forEach(handler -> assign(handler, executor));
                }
            } catch (RuntimeException e) {
                LOG.warn("Events could not be handed out; next try in a second", e);
            }
            try {
                if (signal.tryAcquire(1, TimeUnit.SECONDS)) {
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void assign(EventHandler handler, ExecutorService executor) {
        for (Positions.Pending pending : positions.pending(handler.name())) {
            var work = new Work(handler.name(), pending.organizationId());
            if (running && busy.add(work)) {
                executor.execute(() -> {
                    try {
                        deliver(handler, pending);
                    } catch (RuntimeException e) {
                        LOG.warn("Events could not be handed to {}; they come again", handler.name(), e);
                    } finally {
                        busy.remove(work);
                        // What came in while this ended must not wait for the next look.
                        signal.release();
                    }
                });
            }
        }
    }

    private void deliver(EventHandler handler, Positions.Pending pending) {
        Set<String> types = handler.types();
        long reached = pending.position();
        List<Event> events;
        do {
            events = feed.after(pending.organizationId(), reached, BATCH);
            for (Event event : events) {
                if (!running || (types.contains(event.type()) && !handled(handler, event))) {
                    return;
                }
                reached = event.sequence();
                if (types.contains(event.type())) {
                    positions.advance(handler.name(), pending.organizationId(), reached);
                }
            }
            if (!events.isEmpty()) {
                positions.advance(handler.name(), pending.organizationId(), reached);
            }
        } while (events.size() == BATCH);
    }

    private boolean handled(EventHandler handler, Event event) {
        try {
            tenancy.in(event.organizationId(), () -> handler.handle(event));
            return true;
        } catch (RuntimeException e) {
            LOG.warn("{} failed at event {} {}; it comes again", handler.name(), event.sequence(), event.type(), e);
            positions.failed(handler.name(), event.organizationId(), String.valueOf(e), Backoff.STANDARD);
            return false;
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        wakeups.remove(wake);
        if (workers != null) {
            workers.shutdown();
            try {
                // A handler that is in the middle gets a moment to end well; what it does not finish comes again.
                if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                    workers.shutdownNow();
                }
            } catch (InterruptedException e) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
        leadership.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Events are handed out when everything else is up, and stop before anything else does. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
