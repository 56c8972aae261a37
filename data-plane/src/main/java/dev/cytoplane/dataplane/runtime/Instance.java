package dev.cytoplane.dataplane.runtime;

import dev.cytoplane.contracts.cell.CellStatus.InstancePhase;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One running copy of a workload, as a runtime sees it now.
 *
 * @param slot which of the workload's copies it is, from 0
 * @param addresses host:port of each endpoint
 * @param createdAt when this copy was first wanted
 * @param startedAt when its present process was started
 * @param restarts how often its process was started again
 * @param failedStarts ends in a row before it was ready
 * @param lastExit how its last process ended, in a sentence
 * @param memoryBytes resident memory
 * @param cpuMillis thousandths of a processor, averaged over the last seconds
 */
public record Instance(
        String id,
        String component,
        String release,
        String revision,
        int slot,
        InstancePhase phase,
        Map<String, String> addresses,
        @Nullable Long pid,
        Instant createdAt,
        Instant startedAt,
        int restarts,
        int failedStarts,
        @Nullable String lastExit,
        @Nullable Long memoryBytes,
        @Nullable Integer cpuMillis) {

    public boolean ready() {
        return phase == InstancePhase.READY;
    }
}
