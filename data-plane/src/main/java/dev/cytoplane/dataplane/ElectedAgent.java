package dev.cytoplane.dataplane;

import dev.cytoplane.dataplane.kubernetes.pod.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent of which there may be several processes: one at a time is made and works, the others stand by. */
final class ElectedAgent implements Agent {

    private static final Logger log = LoggerFactory.getLogger(ElectedAgent.class);

    private final Leadership leadership;
    private final Supplier<Agent> agent;
    private final Runnable end;
    private volatile @Nullable Agent working;

    /**
     * @param agent made when it is to work, since it begins with what the one before it has left
     * @param end called when it must not work any longer, or cannot; ends the process
     */
    ElectedAgent(KubernetesClient client, String namespace, String holder, Supplier<Agent> agent, Runnable end) {
        this.agent = agent;
        this.end = end;
        this.leadership = new Leadership(client, namespace, holder, this::work, end);
    }

    /** Who cannot begin must not keep the others from it by holding the lease. */
    private void work() {
        try {
            Agent made = agent.get();
            working = made;
            made.start();
        } catch (RuntimeException e) {
            log.error("This data plane cannot begin", e);
            end.run();
        }
    }

    @Override
    public void start() {
        leadership.start();
    }

    /** Who stands by is ready to, once it has seen who works. */
    @Override
    public boolean isReady() {
        Agent current = working;
        return current == null ? leadership.isDecided() : current.isReady();
    }

    @Override
    public boolean isConnected() {
        Agent current = working;
        return current != null && current.isConnected();
    }

    /** First what works, then the lease: never two at once. */
    @Override
    public void close() {
        Agent current = working;
        if (current != null) {
            current.close();
        }
        leadership.close();
    }
}
