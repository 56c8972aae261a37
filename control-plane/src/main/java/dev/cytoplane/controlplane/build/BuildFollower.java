package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.build.log.BuildLogs;
import dev.cytoplane.controlplane.build.log.BuildLogs.Chunk;
import dev.cytoplane.controlplane.build.log.Signals;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Tells somebody of a build as it goes on, to its end. The log comes before the state that follows from it. */
@Component
class BuildFollower {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int CHUNK = 64 * 1024;

    private final Builds builds;
    private final BuildLogs logs;
    private final Signals signals;
    private final Tenancy tenancy;

    BuildFollower(Builds builds, BuildLogs logs, Signals signals, Tenancy tenancy) {
        this.builds = builds;
        this.logs = logs;
        this.signals = signals;
        this.tenancy = tenancy;
    }

    /** Who is told. */
    interface Reader {

        /** False when nobody reads any more. Asked at least every second. */
        boolean isOpen() throws IOException;

        void log(Chunk chunk) throws IOException;

        void state(Build build) throws IOException;
    }

    /**
     * @param offset in the log
     * @param version of the state that the reader knows already
     * @return the build in its last state; empty when it is gone, or the reader is
     */
    Optional<Build> follow(Build build, long offset, long version, Reader reader)
            throws IOException, InterruptedException {
        long at = offset;
        long known = version;
        boolean look = true;
        Build now = build;
        try (Signals.Subscription changes = signals.subscribe(build.id())) {
            while (changes.isOpen() && reader.isOpen()) {
                if (look) {
                    Optional<Build> found = find(now);
                    if (found.isEmpty()) {
                        return found;
                    }
                    now = found.get();
                }
                Chunk chunk = logs.read(build.componentId(), build.id(), at, CHUNK);
                while (!chunk.text().isEmpty()) {
                    reader.log(chunk);
                    at = chunk.end();
                    chunk = logs.read(build.componentId(), build.id(), at, CHUNK);
                }
                if (now.version() != known) {
                    reader.state(now);
                    known = now.version();
                }
                if (now.status().isFinal()) {
                    return Optional.of(now);
                }
                look = changes.await(LOOK);
            }
        }
        return Optional.empty();
    }

    private Optional<Build> find(Build build) {
        UUID organization = build.organizationId();
        try {
            return tenancy.in(organization, () -> builds.find(build.id()));
        } catch (DataAccessException | TransactionException e) {
            return Optional.of(build); // The database is away for a moment: the next look will tell.
        }
    }
}
