package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.cell.CellFeed;
import dev.cytoplane.controlplane.stream.Wakeup;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One data plane's watch: it sends what changed since the last it sent, then waits for the next change. What a slow
 * reader misses in between is not queued but read again from the database, so a watch costs the same however far its
 * reader is behind; a reader that takes nothing at all ends it by the listener's write time-out.
 */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int MESSAGES = 100;

    private final Agent agent;
    private final ServletOutputStream out;
    private final CellFeed feed;
    private final Agents agents;
    private final Queue<LinkEvent> messages = new LinkedBlockingQueue<>(MESSAGES);
    private final @Nullable Long from;
    private final Wakeup wakeup = new Wakeup();
    private volatile boolean closed;

    Watch(Agent agent, @Nullable Long from, ServletOutputStream out, CellFeed feed, Agents agents) {
        this.agent = agent;
        this.from = from;
        this.out = out;
        this.feed = feed;
        this.agents = agents;
    }

    /** What calls it when there is something to look at. */
    Wakeup wakeup() {
        return wakeup;
    }

    String dataPlane() {
        return agent.dataPlane();
    }

    /** Something besides cells; false when too much waits already. */
    boolean offer(LinkEvent message) {
        boolean taken = messages.offer(message);
        wakeup.call();
        return taken;
    }

    void close() {
        closed = true;
        wakeup.call();
    }

    void run() {
        LOG.info("Data plane {} watches from {}", dataPlane(), from == null ? "the start" : from);
        try {
            follow();
        } catch (IOException e) {
            LOG.info("The link to data plane {} ended: {}", dataPlane(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The data plane dials again; by then the database, say, is back.
            LOG.warn("The link to data plane {} was cut", dataPlane(), e);
        }
    }

    private void follow() throws IOException, InterruptedException {
        long at = begin();
        long lastWrite = System.nanoTime();
        while (!closed && agents.isStillKnown(agent)) {
            long nextCheck = System.nanoTime() + HEARTBEAT.toNanos();
            while (!closed && System.nanoTime() < nextCheck) {
                boolean said = false;
                CellFeed.Changes found = feed.since(dataPlane(), at);
                for (CellFeed.Change change : found.changes()) {
                    write(event(change));
                    said = true;
                }
                at = found.revision();
                for (LinkEvent message = messages.poll(); message != null; message = messages.poll()) {
                    write(message);
                    said = true;
                }
                if (!said && System.nanoTime() - lastWrite >= HEARTBEAT.toNanos()) {
                    write(new LinkEvent.Heartbeat(at));
                    said = true;
                }
                if (said) {
                    out.flush();
                    lastWrite = System.nanoTime();
                }
                long due = Math.min(lastWrite + HEARTBEAT.toNanos(), nextCheck) - System.nanoTime();
                wakeup.await(Duration.ofNanos(Math.max(due, 1)));
            }
        }
    }

    /** A revision that never was comes from another database: only a snapshot helps then. */
    private long begin() throws IOException {
        long now = feed.revision();
        if (from != null && from >= 0 && from <= now) {
            write(new LinkEvent.Heartbeat(from));
            out.flush();
            return from;
        }
        write(new LinkEvent.SnapshotStarted());
        for (CellFeed.Change change : feed.snapshot(dataPlane())) {
            write(event(change));
        }
        write(new LinkEvent.SnapshotCompleted(now));
        out.flush();
        return now;
    }

    private static LinkEvent event(CellFeed.Change change) {
        return change.document() == null
                ? new LinkEvent.CellDeleted(change.revision(), change.cell())
                : new LinkEvent.CellChanged(change.revision(), change.document());
    }

    private void write(LinkEvent event) throws IOException {
        // Through the interface: only so does Jackson write the type.
        out.write(ContractJson.MAPPER.writerFor(LinkEvent.class).writeValueAsBytes(event));
        out.write('\n');
    }
}
