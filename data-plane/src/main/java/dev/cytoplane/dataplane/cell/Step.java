package dev.cytoplane.dataplane.cell;

import java.time.Duration;
import java.util.Optional;

/** One step of a pass. Doing it twice is the same as doing it once. */
interface Step {

    /** @return when to come back if nothing happens before; empty when there is no need to */
    Optional<Duration> take(CellPass pass) throws InterruptedException;
}
