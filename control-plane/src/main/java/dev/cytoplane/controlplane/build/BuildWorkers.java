package dev.cytoplane.controlplane.build;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Runs what is queued, as many at a time as the settings allow. Woken at once by what happens in this process, and
 * looks by itself every few seconds for what other instances queued or left behind.
 */
@Component
class BuildWorkers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BuildWorkers.class);
    private static final long LOOK_SECONDS = 3;
    private static final long STOP_SECONDS = 10;

    private final BuildQueue queue;
    private final BuildRunner runner;
    private final int concurrency;
    private final Semaphore slots;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Map<UUID, Run> running = new ConcurrentHashMap<>();
    private volatile boolean active;

    BuildWorkers(BuildQueue queue, BuildRunner runner, BuildSettings settings) {
        this.queue = queue;
        this.runner = runner;
        this.concurrency = Math.max(1, settings.concurrency());
        this.slots = new Semaphore(concurrency);
    }

    private record Run(Thread thread, BuildRunner.Stop stop) {}

    @Override
    public void start() {
        active = true;
        Thread.ofVirtual().name("build-queue").start(this::serve);
    }

    /** Nothing is lost: what is cut off here goes back to the queue, or is taken back at the next start. */
    @Override
    public void stop() {
        active = false;
        wakeUps.release();
        running.values().forEach(run -> interrupt(run, BuildRunner.Reason.SHUTDOWN));
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
        return active;
    }

    @EventListener
    void changed(Builds.Changed change) {
        Run run = running.get(change.build());
        if (run != null && runner.isCancelRequested(change.build())) {
            interrupt(run, BuildRunner.Reason.CANCELLED);
        }
        wakeUps.release();
    }

    private void serve() {
        takeBackOwn();
        while (active) {
            try {
                slots.acquire();
                if (!startNext()) {
                    slots.release();
                    if (wakeUps.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS)) {
                        wakeUps.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void takeBackOwn() {
        while (active) {
            try {
                runner.cleanUp();
                queue.takeBackOwn(runner::announce)
                        .forEach(build -> LOG.info(
                                "Build {} was cut off by the last end; it is {} now", build.id(), build.status()));
                return;
            } catch (RuntimeException e) {
                LOG.warn("The queue of builds cannot be read yet", e);
                pause();
            }
        }
    }

    private boolean startNext() {
        try {
            return queue.claim().map(this::launch).orElse(false);
        } catch (RuntimeException e) {
            LOG.warn("The queue of builds cannot be read", e);
            return false;
        }
    }

    private boolean launch(Build build) {
        BuildRunner.Stop stop = new BuildRunner.Stop();
        Thread thread = Thread.ofVirtual().name("build-" + build.id()).unstarted(() -> {
            try {
                runner.run(build, stop);
            } catch (RuntimeException e) {
                LOG.error("Build {} ended in a way it should not; its lease will run out", build.id(), e);
            } finally {
                running.remove(build.id());
                slots.release();
                wakeUps.release();
            }
        });
        running.put(build.id(), new Run(thread, stop));
        thread.start();
        return true;
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void beat() {
        if (!active) {
            return;
        }
        try {
            if (!running.isEmpty()) {
                beatRunning();
            }
            if (!queue.takeBackExpired(Set.copyOf(running.keySet()), runner::announce)
                    .isEmpty()) {
                wakeUps.release();
            }
        } catch (RuntimeException e) {
            LOG.warn("The leases of running builds cannot be prolonged", e);
        }
    }

    private void beatRunning() {
        Set<UUID> mine = new HashSet<>(running.keySet());
        Set<UUID> lost = new HashSet<>(mine);
        for (BuildQueue.Beat beat : queue.beat(mine)) {
            lost.remove(beat.build());
            if (beat.cancelRequested()) {
                stop(beat.build(), BuildRunner.Reason.CANCELLED);
            }
        }
        lost.forEach(build -> stop(build, BuildRunner.Reason.LOST));
    }

    private void stop(UUID build, BuildRunner.Reason reason) {
        Run run = running.get(build);
        if (run != null) {
            interrupt(run, reason);
        }
    }

    private static void interrupt(Run run, BuildRunner.Reason reason) {
        if (run.stop().request(reason)) {
            run.thread().interrupt();
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
