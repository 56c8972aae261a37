package dev.cytoplane.controlplane.deployment;

import java.util.EnumSet;
import java.util.Set;

/** Where a deployment stands. The allowed transitions are these, and nowhere else. */
public enum DeploymentStatus {
    /** Accepted; no data plane has said anything about it. */
    PENDING,
    /** A data plane is at it. */
    PROGRESSING,
    /** Its release serves. */
    LIVE,
    /** Its release did not become ready. When it does so later after all, it is live. */
    FAILED,
    /** A later deployment took its place. */
    SUPERSEDED,
    /** It took the component out of the environment, and that has happened. */
    REMOVED;

    private Set<DeploymentStatus> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(PROGRESSING, LIVE, FAILED, SUPERSEDED, REMOVED);
            case PROGRESSING -> EnumSet.of(LIVE, FAILED, SUPERSEDED, REMOVED);
            case LIVE -> EnumSet.of(SUPERSEDED);
            case FAILED -> EnumSet.of(LIVE, REMOVED);
            case SUPERSEDED, REMOVED -> EnumSet.noneOf(DeploymentStatus.class);
        };
    }

    public boolean canBecome(DeploymentStatus other) {
        return next().contains(other);
    }

    /** Nothing is under way any more: a stream of its states ends here. */
    public boolean isSettled() {
        return this != PENDING && this != PROGRESSING;
    }
}
