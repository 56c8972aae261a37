package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.controlplane.access.ProjectScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.problem.Problem;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets a file be written over that somebody else changed. */
@Service
class Healing {

    private final DeliveredFiles files;
    private final Audit audit;
    private final Outbox outbox;

    Healing(DeliveredFiles files, Audit audit, Outbox outbox) {
        this.files = files;
        this.audit = audit;
        this.outbox = outbox;
    }

    /** @throws Problem 409 when the file has not drifted */
    @Transactional
    public void allow(ProjectScope scope, Delivery delivery) {
        if (!files.allowHealing(delivery.environmentId(), scope.project())) {
            throw notDrifted(scope.project());
        }
        Map<String, ?> details = Map.of("environment", delivery.environment(), "file", delivery.file(scope.project()));
        audit.record(scope.organizationId(), "cell.healing-asked", scope.path(), details);
        outbox.publish(
                scope.organizationId(),
                "cell.healing-asked",
                scope.path(),
                Map.of(
                        "environmentId", delivery.environmentId(),
                        "environment", delivery.environment(),
                        "projectId", scope.projectId()));
    }

    static Problem notDrifted(String project) {
        return Problem.conflict(
                "not-drifted",
                "Nobody else changed the file of %s, as far as the last look at the repository saw."
                        .formatted(project));
    }
}
