package dev.cytoplane.contracts.cell;

import dev.cytoplane.contracts.descriptor.Visibility;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a data plane sees of a cell it runs. Sent whole each time; the last one counts. */
public record CellStatus(
        String cell,
        @Nullable Long observedVersion,
        List<Condition> conditions,
        List<Component> components,
        /* host:port of the cell's westbound listener. */
        @Nullable String westboundAddress) {

    /** As in Kubernetes. Types: Ready, GatewayConfigured; Delivered of a cell that is delivered by Git. */
    public record Condition(String type, State status, String reason, String message, Instant lastTransitionTime) {}

    public enum State {
        TRUE,
        FALSE,
        UNKNOWN
    }

    public record Component(
            String name,
            /* The release that serves now; null before the first is ready. */
            @Nullable String servingRelease,
            /* The release that the cell asks for. */
            String desiredRelease,
            Phase phase,
            /* One sentence: why it is in this phase, and what to do if that is known. */
            String message,
            int replicas,
            int readyReplicas,
            List<Instance> instances,
            List<Endpoint> endpoints) {}

    public enum Phase {
        /** Fetching the artifact, starting, or waiting for readiness. */
        PROGRESSING,
        /** All instances of the desired release are ready, and the gateway routes to them. */
        READY,
        /** The desired release cannot become ready; what served before still serves. */
        FAILED,
        /** It was ready and is not any more. */
        DEGRADED
    }

    public record Instance(
            String id,
            String release,
            InstancePhase phase,
            @Nullable Long pid,
            Instant startedAt,
            int restarts,
            /* Exit code and cause of the last end, in a sentence. */
            @Nullable String lastExit,
            @Nullable Long memoryBytes,
            @Nullable Integer cpuMillis) {}

    public enum InstancePhase {
        STARTING,
        READY,
        UNREADY,
        BACKING_OFF,
        STOPPING
    }

    public record Endpoint(String name, Visibility visibility, List<String> urls, boolean healthy) {}
}
