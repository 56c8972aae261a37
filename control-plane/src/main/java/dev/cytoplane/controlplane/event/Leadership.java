package dev.cytoplane.controlplane.event;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes one control plane of several the one that hands out events, by a lock of a PostgreSQL session: it ends with the
 * process that holds it, so a crash hands it on at once.
 */
@Component
class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /** Any number that nothing else locks: "events" in ASCII. */
    private static final long LOCK = 0x6576656e7473L;

    private final DataSource dataSource;
    private @Nullable Connection session;

    Leadership(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Takes the lead if nobody has it. */
    synchronized boolean held() {
        try {
            if (session != null) {
                if (session.isValid(2)) {
                    return true;
                }
                close();
            }
            Connection candidate = dataSource.getConnection();
            if (locks(candidate)) {
                session = candidate;
                return true;
            }
            candidate.close();
        } catch (SQLException e) {
            LOG.warn("The database cannot be asked who hands out events: {}", e.getMessage());
        }
        return false;
    }

    private static boolean locks(Connection candidate) throws SQLException {
        try (var statement = candidate.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (session == null) {
            return;
        }
        try (Connection ended = session) {
            // Back into the pool without the lock, or not at all.
            try (var statement = ended.prepareStatement("select pg_advisory_unlock(?)")) {
                statement.setLong(1, LOCK);
                statement.execute();
            }
        } catch (SQLException e) {
            LOG.debug("The session that handed out events was gone", e);
        } finally {
            session = null;
        }
    }
}
