package dev.cytoplane.dataplane.kubernetes.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of several pods one works: the one that holds the Lease. Durations as Kubernetes' own controllers have them. Who cannot
 * renew it in time must take it for lost and end at once, since another may already work.
 */
public final class Leadership implements AutoCloseable {

    public static final String NAME = "cytoplane-data-plane";

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final LeaderElectionConfig election;
    private volatile @Nullable CompletableFuture<?> running;
    private volatile boolean decided;
    private volatile boolean closed;

    /**
     * @param holder of the lease, another for each process
     * @param won called once, when this process is to work
     * @param lost called when it must not work any longer; not when it is closed
     */
    public Leadership(KubernetesClient client, String namespace, String holder, Runnable won, Runnable lost) {
        this.client = client;
        this.election = new LeaderElectionConfigBuilder()
                .withName(NAME)
                .withLock(new LeaseLock(namespace, NAME, holder))
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW)
                .withRetryPeriod(RETRY)
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(
                        () -> {
                            log.info("{} works for this data plane", holder);
                            won.run();
                        },
                        () -> {
                            if (!closed) {
                                log.error("{} has lost the lease", holder);
                                lost.run();
                            }
                        },
                        leader -> {
                            decided = true;
                            if (!leader.equals(holder)) {
                                log.info("{} stands by while {} works", holder, leader);
                            }
                        }))
                .build();
    }

    /** Whether it is known who works. */
    public boolean isDecided() {
        return decided;
    }

    public void start() {
        running = client.leaderElector().withConfig(election).build().start();
    }

    /** Gives the lease back, so that another need not wait until it is over. */
    @Override
    public void close() {
        closed = true;
        CompletableFuture<?> election = running;
        if (election != null) {
            election.cancel(true);
        }
    }
}
