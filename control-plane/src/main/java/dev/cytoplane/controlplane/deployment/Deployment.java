package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.cell.Cell;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A release bound to an environment.
 *
 * @param release what it runs; for an undeployment, what it takes away
 * @param message one sentence on why it is in its status
 * @param cellVersion the version of the cell that first asked for it; null until compiled
 * @param urls where its endpoints answer, when it is live
 * @param replicas how many instances somebody said should run; null for as many as autoscaling or the descriptor says
 * @param autoscaling between how many instances somebody said should run, by load; null when nobody did
 * @param previous the deployment it replaced
 * @param version counts the changes of this record
 */
public record Deployment(
        UUID id,
        UUID componentId,
        UUID environmentId,
        String environment,
        String release,
        Kind kind,
        DeploymentStatus status,
        String message,
        @Nullable Long cellVersion,
        List<String> urls,
        @Nullable Integer replicas,
        Cell.@Nullable Autoscaling autoscaling,
        @Nullable UUID previous,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** What brought it about. */
    public enum Kind {
        DEPLOY,
        PROMOTE,
        ROLLBACK,
        CONFIGURATION,
        /** New instances of the same. */
        RESTART,
        /** Another number of instances of the same. */
        SCALE,
        UNDEPLOY
    }
}
