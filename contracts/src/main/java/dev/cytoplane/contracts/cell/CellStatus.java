package dev.cytoplane.contracts.cell;

import dev.cytoplane.contracts.descriptor.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a data plane sees of a cell it runs. Sent whole each time; the last one counts. */
public record CellStatus(
        String cell,
        @Nullable Long observedVersion,
        List<Condition> conditions,
        List<Component> components,
        /* host:port where cells of other data planes reach its westbound listener; null where none can. */
        @Nullable String westboundAddress) {

    /** The type of the condition that what is wanted was brought, of a cell that is delivered by Git. */
    public static final String DELIVERED = "Delivered";

    /** As in Kubernetes. Types: Ready, GatewayConfigured, and {@link #DELIVERED}. */
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
            List<Endpoint> endpoints,
            /* For a task only. */
            @Nullable Task task,
            /* For a component that is scaled by load only. */
            @Nullable Autoscaling autoscaling) {}

    /** How many instances run by load, and why. */
    public record Autoscaling(
            /* Whether the load is known and counts. */
            boolean active,
            /* Those that run, ready or not. */
            int instances,
            /* Those that are wanted now. */
            int wanted,
            /* One sentence: why so many are wanted. */
            String message) {}

    /** How many runs of a component are told. */
    public static final int MOST_RUNS = 30;

    public record Task(
            /* When its schedule starts the next run; null when it has none, or cannot run yet. */
            @Nullable Instant nextRun,
            /* Those under way and the last that ended, at most MOST_RUNS, the newest first. */
            List<Run> runs) {}

    /** One run of a task. */
    public record Run(
            /* As it was ordered, or made by the data plane when the schedule started it. */
            UUID id,
            /* When the schedule wanted it; null for one that somebody ordered. */
            @Nullable Instant scheduledFor,
            String release,
            RunPhase phase,
            /* Whose log is the run's. */
            String instance,
            /* Null until it has begun. */
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            /* How often it was started. */
            int attempts,
            /* Of the last attempt; null while it goes on, or when no code is known. */
            @Nullable Integer exitCode,
            /* One sentence: what it does, or how it ended. */
            String message) {}

    public enum RunPhase {
        /** Taken up, and waiting for what it needs. */
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public boolean hasEnded() {
            return this != WAITING && this != RUNNING;
        }
    }

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
