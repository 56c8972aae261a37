package dev.cytoplane.launcher.supervisor;

import dev.cytoplane.cli.Failure;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.launcher.service.Service;
import dev.cytoplane.launcher.supervisor.SupervisorState.ServiceState;
import dev.cytoplane.process.BackOff;
import dev.cytoplane.process.ExitReport;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.Processes;
import dev.cytoplane.process.RunningProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service: started when what it needs is ready, watched, started again when it ends. */
final class ServiceRunner {

    private static final Logger log = LoggerFactory.getLogger(ServiceRunner.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration WATCH = Duration.ofSeconds(5);
    private static final int SILENT = 3;
    /** A first start that fails this often is given up, so that a person learns of it. */
    private static final int FIRST_TRIES = 3;

    private final Service service;
    private final Platform platform;
    private final Processes processes;
    private final Fingerprints fingerprints;
    private final Supervisor supervisor;
    private final BackOff backOff = new BackOff(
            Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(1), RandomGenerator.getDefault());
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private volatile ServiceState state;
    private volatile @Nullable RunningProcess process;
    private volatile boolean stopping;
    private int failedStarts;
    private @Nullable Thread thread;

    ServiceRunner(
            Service service, Platform platform, Processes processes, Fingerprints fingerprints, Supervisor supervisor) {
        this.service = service;
        this.platform = platform;
        this.processes = processes;
        this.fingerprints = fingerprints;
        this.supervisor = supervisor;
        this.state = new ServiceState(
                service.name(),
                ServicePhase.WAITING,
                null,
                service.ports().isEmpty() ? null : platform.port(service.ports().getFirst()),
                0,
                "",
                Instant.now(),
                null);
    }

    ServiceState state() {
        return state;
    }

    Service service() {
        return service;
    }

    /** Completes when the service is ready for the first time; exceptionally when it is given up. */
    CompletableFuture<Void> firstReady() {
        return firstReady;
    }

    void start() {
        thread = Thread.ofVirtual().name("service-" + service.name()).start(this::run);
    }

    private void run() {
        while (!stopping) {
            Instant begun = Instant.now();
            try {
                supervisor.awaitReady(service.needs());
                enter(ServicePhase.STARTING, "starting");
                service.prepare();
                RunningProcess running = adoptOrStart();
                awaitAnswer(running);
                enter(ServicePhase.STARTING, "settling");
                service.settle();
                ready(running);
                ExitReport exit = watch(running);
                log.warn("{} {}", service.name(), exit.describe());
                retry(begun, exit.describe());
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                if (stopping) {
                    return;
                }
                log.warn("{} did not start", service.name(), e);
                boolean hopeless = e instanceof Failure || ++failedStarts >= FIRST_TRIES;
                if (hopeless && !firstReady.isDone()) {
                    enter(ServicePhase.FAILED, message(e));
                    firstReady.completeExceptionally(e);
                    return;
                }
                endHalfStarted();
                try {
                    retry(begun, message(e));
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    /** What did not come up is not adopted by the next try, which would find it as it is: it starts afresh. */
    private void endHalfStarted() {
        RunningProcess started = process;
        if (started != null && started.isAlive()) {
            service.stop(started);
        }
    }

    private static String message(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void retry(Instant begun, String why) throws InterruptedException {
        if (stopping) {
            return;
        }
        process = null;
        Duration pause = backOff.after(Duration.between(begun, Instant.now()));
        state = new ServiceState(
                state.name(),
                ServicePhase.BACKING_OFF,
                null,
                state.port(),
                state.restarts() + 1,
                why,
                Instant.now(),
                null);
        supervisor.changed();
        Thread.sleep(pause);
    }

    /** A process that an earlier supervisor left is kept when it was started in the same way, and is ended otherwise. */
    private RunningProcess adoptOrStart() throws IOException {
        ProcessSpec specification = service.specification();
        Optional<RunningProcess> left = processes.adopt(service.name());
        if (left.isPresent()) {
            if (fingerprints.matches(specification)) {
                process = left.get();
                return left.get();
            }
            service.stop(left.get());
        }
        for (PortName port : service.ports()) {
            platform.requireFree(port);
        }
        fingerprints.remember(specification);
        RunningProcess started = processes.start(specification);
        process = started;
        if (stopping) {
            service.stop(started);
        }
        return started;
    }

    private void awaitAnswer(RunningProcess running) throws InterruptedException, IOException {
        Instant deadline = running.startedAt().plus(service.patience());
        while (!service.answers()) {
            if (!running.isAlive()) {
                ExitReport exit = running.onExit().join();
                throw new IOException(exit.describe() + " while it started; see cyto logs --service " + service.name());
            }
            if (Instant.now().isAfter(deadline)
                    && Instant.now().isAfter(state.since().plus(service.patience()))) {
                service.stop(running);
                throw new IOException("did not answer within "
                        + service.patience().toSeconds() + " s; see cyto logs --service " + service.name());
            }
            Thread.sleep(POLL);
        }
    }

    private void ready(RunningProcess running) {
        long millis = Duration.between(state.since(), Instant.now()).toMillis();
        state = new ServiceState(
                state.name(),
                ServicePhase.READY,
                running.pid(),
                state.port(),
                state.restarts(),
                "",
                Instant.now(),
                millis);
        supervisor.changed();
        firstReady.complete(null);
    }

    private ExitReport watch(RunningProcess running) throws InterruptedException {
        int silent = 0;
        while (true) {
            try {
                return running.onExit().get(WATCH.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (TimeoutException e) {
                silent = service.answers() ? 0 : silent + 1;
                if (silent == SILENT) {
                    enter(ServicePhase.UNHEALTHY, "does not answer");
                } else if (silent == 0 && state.phase() == ServicePhase.UNHEALTHY) {
                    enter(ServicePhase.READY, "");
                }
            }
        }
    }

    /** Ends the process for good. Returns when it has ended. */
    void stop() {
        stopping = true;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Optional<RunningProcess> running = Optional.ofNullable(process).or(() -> processes.adopt(service.name()));
        if (running.isPresent() && running.get().isAlive()) {
            enter(ServicePhase.STOPPING, "");
            service.stop(running.get());
        }
        service.sweep();
        process = null;
        if (state.phase() != ServicePhase.FAILED) {
            enter(ServicePhase.STOPPED, "");
        }
        firstReady.cancel(false);
    }

    private void enter(ServicePhase phase, String message) {
        RunningProcess running = process;
        // How long a start takes is counted from its first step.
        Instant since = phase == state.phase() ? state.since() : Instant.now();
        state = new ServiceState(
                state.name(),
                phase,
                running == null ? null : (Long) running.pid(),
                state.port(),
                state.restarts(),
                message,
                since,
                phase == ServicePhase.READY || phase == ServicePhase.UNHEALTHY ? state.readyMillis() : null);
        supervisor.changed();
    }
}
