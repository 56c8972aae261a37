package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.controlplane.source.SourceException;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks at delivery repositories: when something changed, when a look failed a while ago, and each now and then. */
@Component
class DeliveryWorkers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorkers.class);
    private static final int STOP_SECONDS = 5;

    private final DeliveryQueue queue;
    private final DeliveryLook look;
    private final RepositoryCopies copies;
    private final GitOpsSettings settings;
    private final PlatformWork platform;
    private final JdbcClient jdbc;
    private final int concurrency;
    private final Semaphore slots;
    private final Map<UUID, Run> looking = new ConcurrentHashMap<>();
    private volatile boolean running;

    DeliveryWorkers(
            DeliveryQueue queue,
            DeliveryLook look,
            RepositoryCopies copies,
            GitOpsSettings settings,
            PlatformWork platform,
            JdbcClient jdbc) {
        this.queue = queue;
        this.look = look;
        this.copies = copies;
        this.settings = settings;
        this.platform = platform;
        this.jdbc = jdbc;
        this.concurrency = Math.max(1, settings.concurrency());
        this.slots = new Semaphore(concurrency);
    }

    /** @param lost set when the look is somebody else's, or is not wanted any more */
    private record Run(Thread thread, AtomicBoolean lost) {}

    /** Takes what is due, as far as there is room. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void takeDue() {
        while (running && slots.tryAcquire()) {
            boolean taken = false;
            try {
                taken = queue.claim().map(this::begin).orElse(false);
            } catch (RuntimeException e) {
                LOG.warn("The deliveries that are due cannot be read: {}", e.getMessage());
            } finally {
                if (!taken) {
                    slots.release();
                }
            }
            if (!taken) {
                return;
            }
        }
    }

    private boolean begin(Delivery delivery) {
        AtomicBoolean lost = new AtomicBoolean();
        Thread thread = Thread.ofVirtual()
                .name("delivery-" + delivery.environmentId())
                .unstarted(() -> {
                    try {
                        run(delivery, lost);
                    } finally {
                        looking.remove(delivery.environmentId());
                        slots.release();
                    }
                    takeDue();
                });
        looking.put(delivery.environmentId(), new Run(thread, lost));
        thread.start();
        return true;
    }

    private void run(Delivery delivery, AtomicBoolean lost) {
        long end = System.nanoTime() + settings.timeout().toNanos();
        try {
            String tip = look.look(delivery, () -> lost.get() || System.nanoTime() > end);
            if (delivery.attempts() > 0) {
                LOG.info("The repository of {} is in reach again", delivery.path());
            }
            queue.succeeded(delivery, tip, settings.interval());
        } catch (InterruptedException e) {
            queue.released(delivery);
        } catch (SourceException e) {
            failed(delivery, lost, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("The repository of {} cannot be looked at", delivery.path(), e);
            discard(delivery);
            failed(delivery, lost, "The platform failed at it; its log says why.");
        }
    }

    private void failed(Delivery delivery, AtomicBoolean lost, String error) {
        if (lost.get()) {
            queue.released(delivery);
            return;
        }
        LOG.info("The repository of {} is looked at again later: {}", delivery.path(), error);
        queue.failed(
                delivery,
                error,
                settings.pauseAfter(
                        delivery.attempts() + 1, ThreadLocalRandom.current().nextDouble()));
    }

    private void discard(Delivery delivery) {
        try {
            copies.discard(delivery);
        } catch (IOException e) {
            LOG.warn("The copy of the repository of {} cannot be deleted", delivery.path(), e);
        }
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void beat() {
        if (!running) {
            return;
        }
        try {
            Set<UUID> ours = queue.beat(Set.copyOf(looking.keySet()));
            looking.forEach((environment, run) -> {
                if (!ours.contains(environment)) {
                    run.lost().set(true);
                }
            });
        } catch (RuntimeException e) {
            LOG.warn("The leases of deliveries cannot be prolonged: {}", e.getMessage());
        }
    }

    /** Copies of repositories that nothing is delivered to any more. */
    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void cleanUp() {
        try {
            copies.keepOnly(platform.call(() -> jdbc.sql(EnvironmentDeliveries.SELECT)
                    .query(EnvironmentDeliveries::row)
                    .list()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Nothing is lost: what is cut off here is taken up at the next start. */
    @Override
    public void stop() {
        running = false;
        looking.values().forEach(run -> {
            run.lost().set(true);
            run.thread().interrupt();
        });
        try {
            if (slots.tryAcquire(concurrency, STOP_SECONDS, TimeUnit.SECONDS)) {
                slots.release(concurrency);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
