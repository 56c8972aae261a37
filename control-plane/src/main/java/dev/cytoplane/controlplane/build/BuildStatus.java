package dev.cytoplane.controlplane.build;

import java.util.EnumSet;
import java.util.Set;

/** Where a build stands. The allowed transitions are these, and nowhere else. */
public enum BuildStatus {
    /** Waits for its turn. */
    QUEUED,
    /** A control plane works on it. It is queued again when that one is lost. */
    RUNNING,
    /** There is a release. */
    SUCCEEDED,
    /** The error says why. */
    FAILED,
    /** Somebody ended it. */
    CANCELLED;

    private Set<BuildStatus> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(RUNNING, CANCELLED);
            case RUNNING -> EnumSet.of(QUEUED, SUCCEEDED, FAILED, CANCELLED);
            case SUCCEEDED, FAILED, CANCELLED -> EnumSet.noneOf(BuildStatus.class);
        };
    }

    public boolean canBecome(BuildStatus other) {
        return next().contains(other);
    }

    public boolean isFinal() {
        return next().isEmpty();
    }
}
