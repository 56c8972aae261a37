package dev.cytoplane.dataplane.runtime;

import dev.cytoplane.contracts.link.LogLine;
import java.time.Duration;
import java.util.List;

/** Lines of a log, read by one thread. */
public interface LogReader extends AutoCloseable {

    /** The lines that have come since the last call; waits up to {@code patience} for the first one. */
    List<LogLine> next(Duration patience) throws InterruptedException;

    /** All is said: no line will come any more. */
    boolean finished();

    @Override
    void close();
}
