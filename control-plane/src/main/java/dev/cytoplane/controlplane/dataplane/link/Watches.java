package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.cell.CellChanges;
import dev.cytoplane.controlplane.cell.CellFeed;
import dev.cytoplane.controlplane.dataplane.Connected;
import dev.cytoplane.controlplane.stream.Topics;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The open watches, by data plane. */
@Component
class Watches implements Connected, SmartLifecycle {

    private final CellFeed feed;
    private final CellChanges changes;
    private final Agents agents;
    private final Topics<String, Watch> open = new Topics<>();
    private volatile boolean running;

    Watches(CellFeed feed, CellChanges changes, Agents agents) {
        this.feed = feed;
        this.changes = changes;
        this.agents = agents;
    }

    /**
     * Serves a watch until it is cut, in the request's own thread, which is a virtual one. Not as an asynchronous request:
     * the container ends those by itself when the other end leaves, and a thread that has yet to notice would complete
     * whichever request got the container's objects next.
     */
    void serve(Agent agent, @Nullable Long revision, HttpServletResponse answer) throws IOException {
        answer.setContentType("application/x-ndjson");
        answer.setHeader("Cache-Control", "no-store");
        Watch watch = new Watch(agent, revision, answer.getOutputStream(), feed, agents);
        open.add(watch.dataPlane(), watch);
        changes.tell(watch.dataPlane(), watch.wakeup());
        try {
            watch.run();
        } finally {
            changes.forget(watch.dataPlane(), watch.wakeup());
            open.remove(watch.dataPlane(), watch);
        }
    }

    @Override
    public boolean isConnected(String dataPlane) {
        return !open.at(dataPlane).isEmpty();
    }

    @Override
    public Set<String> names() {
        return open.everywhere().map(Watch::dataPlane).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean tell(String dataPlane, LinkEvent event) {
        List<Watch> watches = open.at(dataPlane);
        // The newest: an older one may be a connection whose other end is gone.
        return !watches.isEmpty() && watches.getLast().offer(event);
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for its requests to end: these would not by themselves. */
    @Override
    public void stop() {
        running = false;
        open.everywhere().forEach(Watch::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
