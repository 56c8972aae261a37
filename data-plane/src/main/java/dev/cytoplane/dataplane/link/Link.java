package dev.cytoplane.dataplane.link;

import dev.cytoplane.dataplane.artifact.ArtifactSource;
import dev.cytoplane.dataplane.cell.DesiredCells;
import dev.cytoplane.dataplane.gateway.EndpointCaller;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.identity.IdentityException;
import dev.cytoplane.dataplane.runtime.BuildOrders;
import dev.cytoplane.dataplane.runtime.LogSource;
import dev.cytoplane.dataplane.runtime.TaskOrders;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import dev.cytoplane.dataplane.status.StatusSource;
import dev.cytoplane.dataplane.traffic.TrafficSource;
import dev.cytoplane.process.BackOff;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Joins, watches, reports, renews, for as long as the agent runs, and begins anew whenever something breaks. What it
 * hears it stores; it starts and stops nothing itself.
 */
public final class Link implements AutoCloseable {

    /** The contract: a control plane that says nothing for this long is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Link.class);
    private static final Duration FLUSH = Duration.ofMillis(150);
    private static final Duration REPEAT = Duration.ofSeconds(30);
    private static final Duration TRAFFIC = Duration.ofSeconds(5);
    private static final Duration BUILDS = Duration.ofMillis(500);
    private static final Duration RENEWAL_CHECK = Duration.ofSeconds(1);

    private final Identity identity;
    private final LinkClient client;
    private final Membership membership;
    private final BackOff backOff;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("link-", 0).factory());
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Runnable listener = () -> {};
    private volatile boolean connected;
    private volatile boolean closing;

    public Link(DataPlaneSettings settings, Identity identity, RandomGenerator random, Clock clock) {
        this.identity = identity;
        this.client = new LinkClient(settings.linkUrl(), identity);
        this.membership = new Membership(client, identity, settings, clock);
        this.backOff = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(15), Duration.ofSeconds(30), random);
    }

    /** Artifacts of the control plane. */
    public ArtifactSource artifacts() {
        return new LinkArtifacts(client);
    }

    /** Whether the watch stream is open. */
    public boolean isConnected() {
        return connected;
    }

    /** Calls back each time the watch stream opens. */
    public void onConnect(Runnable listener) {
        this.listener = listener;
    }

    /** What is told of the cells, and done for those who ask of them. */
    public record Answers(
            StatusSource statuses,
            LogSource logs,
            EndpointCaller calls,
            TrafficSource traffic,
            TaskOrders tasks,
            BuildOrders builds) {}

    public void start(DesiredCells cells, Answers answers) {
        StatusSender sender = new StatusSender(client, answers.statuses());
        TrafficSender traffic = new TrafficSender(client, answers.traffic());
        LogStreams logs = new LogStreams(client, answers.logs(), executor);
        EndpointCalls calls = new EndpointCalls(client, answers.calls(), executor);
        BuildSender builds = new BuildSender(client, answers.builds());
        CellWatch watch = new CellWatch(
                client, cells, logs::open, calls::begin, answers.tasks(), answers.builds(), timer, SILENCE);
        Thread.ofVirtual()
                .name("link")
                .start(() -> loop(watch, () -> {
                    sender.all();
                    traffic.all();
                    builds.again();
                }));
        every(TRAFFIC, () -> {
            if (connected) {
                traffic.send();
            }
        });
        every(FLUSH, () -> {
            if (connected) {
                sender.flush();
            }
        });
        every(BUILDS, () -> {
            if (connected) {
                builds.flush();
            }
        });
        every(REPEAT, sender::all);
        every(RENEWAL_CHECK, membership::renewWhenDue);
    }

    private void loop(CellWatch watch, Runnable tellAll) {
        while (!closing) {
            long began = System.nanoTime();
            try {
                if (!identity.isJoined()) {
                    membership.join();
                }
                watch.follow(() -> {
                    log.info("Connected to the control plane");
                    connected = true;
                    tellAll.run();
                    listener.run();
                });
                log.info("The control plane has closed the link");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | IllegalStateException | IdentityException | JacksonException e) {
                if (!closing) {
                    log.warn("No link to the control plane: {}", reason(e));
                    log.debug("No link to the control plane", e);
                }
            } finally {
                connected = false;
            }
            if (closing || !pause(backOff.after(Duration.ofNanos(System.nanoTime() - began)))) {
                return;
            }
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private void every(Duration period, Task task) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (IOException | RuntimeException e) {
                        log.warn("A task of the link failed: {}", reason(e));
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static boolean pause(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closing = true;
        timer.shutdownNow();
        executor.shutdownNow();
        client.close();
    }
}
