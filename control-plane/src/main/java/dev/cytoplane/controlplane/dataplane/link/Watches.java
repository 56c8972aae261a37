package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.cell.CellChanges;
import dev.cytoplane.controlplane.cell.CellFeed;
import dev.cytoplane.controlplane.dataplane.Connected;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The open watches, by data plane. Each has a virtual thread. */
@Component
class Watches implements Connected, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final CellFeed feed;
    private final CellChanges changes;
    private final Agents agents;
    private final Map<String, List<Watch>> open = new ConcurrentHashMap<>();
    private volatile boolean running;

    Watches(CellFeed feed, CellChanges changes, Agents agents) {
        this.feed = feed;
        this.changes = changes;
        this.agents = agents;
    }

    void start(Agent agent, @Nullable Long revision, HttpServletRequest request, HttpServletResponse answer) {
        answer.setContentType("application/x-ndjson");
        answer.setHeader("Cache-Control", "no-store");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        Watch watch = new Watch(agent, revision, context, feed, changes, agents);
        add(watch);
        Thread.ofVirtual().name("watch-" + agent.dataPlane()).start(() -> {
            try {
                watch.run();
            } finally {
                remove(watch);
                complete(context);
            }
        });
    }

    private static void complete(AsyncContext context) {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The other end has left, and the container has ended the request by itself.
            LOG.debug("A watch was over already", e);
        }
    }

    @Override
    public boolean isConnected(String dataPlane) {
        return open.containsKey(dataPlane);
    }

    /** Says something to a data plane; false when it is not connected or does not keep up. */
    boolean tell(String dataPlane, LinkEvent event) {
        List<Watch> watches = open.getOrDefault(dataPlane, List.of());
        // The newest: an older one may be a connection whose other end is gone.
        boolean told = !watches.isEmpty() && watches.getLast().offer(event);
        changes.signal();
        return told;
    }

    private void add(Watch watch) {
        open.compute(watch.dataPlane(), (name, watches) -> {
            List<Watch> all = watches == null ? new CopyOnWriteArrayList<>() : watches;
            all.add(watch);
            return all;
        });
    }

    private void remove(Watch watch) {
        open.computeIfPresent(watch.dataPlane(), (name, watches) -> {
            watches.remove(watch);
            return watches.isEmpty() ? null : watches;
        });
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for its requests to end: these would not by themselves. */
    @Override
    public void stop() {
        running = false;
        open.values().forEach(watches -> watches.forEach(Watch::close));
        changes.signal();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
