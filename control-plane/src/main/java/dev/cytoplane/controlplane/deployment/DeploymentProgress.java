package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.cell.CellObserver;
import dev.cytoplane.controlplane.cell.CellRef;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves deployments on by what data planes report. */
@Component
class DeploymentProgress implements CellObserver {

    private final DeploymentStore store;
    private final JdbcClient jdbc;

    DeploymentProgress(DeploymentStore store, JdbcClient jdbc) {
        this.store = store;
        this.jdbc = jdbc;
    }

    @Override
    public void compiled(CellRef cell, long version) {
        store.compiled(cell, version);
        // The data plane may have said all there is to say already: when the content did not change.
        jdbc.sql("""
                select s.status from cell_statuses s join cells c on c.id = s.cell_id
                where c.project_id = ? and c.environment_id = ? and s.observed_version >= ?""")
                .params(cell.projectId(), cell.environmentId(), version)
                .query(String.class)
                .optional()
                .ifPresent(status -> reported(cell, ContractJson.MAPPER.readValue(status, CellStatus.class)));
    }

    @Override
    public void reported(CellRef cell, CellStatus status) {
        store.desiredIn(cell).forEach((deployment, component) -> {
            if (hasSeen(status, deployment)) {
                advance(deployment, find(status, component));
            } else {
                undelivered(status).ifPresent(why -> await(deployment, why));
            }
        });
    }

    private static boolean hasSeen(CellStatus status, Deployment deployment) {
        return status.observedVersion() != null
                && deployment.cellVersion() != null
                && status.observedVersion() >= deployment.cellVersion();
    }

    /** Why somebody else has not brought the cell yet, of one that is delivered by Git. */
    private static Optional<String> undelivered(CellStatus status) {
        return status.conditions().stream()
                .filter(it -> it.type().equals(CellStatus.DELIVERED) && it.status() == CellStatus.State.FALSE)
                .map(CellStatus.Condition::message)
                .findFirst();
    }

    private void await(Deployment deployment, String why) {
        if (deployment.status() == DeploymentStatus.PENDING || deployment.status() == DeploymentStatus.PROGRESSING) {
            store.move(deployment, DeploymentStatus.PROGRESSING, why, List.of());
        }
    }

    private static Optional<CellStatus.Component> find(CellStatus status, String component) {
        return status.components().stream()
                .filter(it -> it.name().equals(component))
                .findFirst();
    }

    private void advance(Deployment deployment, Optional<CellStatus.Component> component) {
        if (deployment.kind() == Deployment.Kind.UNDEPLOY) {
            if (component.isEmpty()) {
                retire(deployment, "It was removed.");
                store.move(deployment, DeploymentStatus.REMOVED, "It is removed.", List.of());
            }
            return;
        }
        component
                .filter(it -> it.desiredRelease().equals(deployment.release()))
                .ifPresent(it -> advance(deployment, it));
    }

    private void advance(Deployment deployment, CellStatus.Component component) {
        List<String> urls = component.endpoints().stream()
                .flatMap(endpoint -> endpoint.urls().stream())
                .toList();
        switch (component.phase()) {
            case READY -> {
                if (deployment.status() != DeploymentStatus.LIVE) {
                    retire(deployment, "%s took its place.".formatted(deployment.release()));
                }
                store.move(deployment, DeploymentStatus.LIVE, "It is live.", urls);
            }
            case PROGRESSING -> progress(deployment, sentence(component.message(), "It is starting."));
            case DEGRADED -> progress(deployment, sentence(component.message(), "It is not ready any more."));
            case FAILED -> fail(deployment, sentence(component.message(), "It did not become ready."));
        }
    }

    /** What is live stays so while its data plane heals it; only the message tells. */
    private void progress(Deployment deployment, String message) {
        switch (deployment.status()) {
            case PENDING, PROGRESSING -> store.move(deployment, DeploymentStatus.PROGRESSING, message, List.of());
            case LIVE -> store.move(deployment, DeploymentStatus.LIVE, message, deployment.urls());
            case FAILED, SUPERSEDED, REMOVED -> {
                // Decided already.
            }
        }
    }

    private void fail(Deployment deployment, String message) {
        if (deployment.status() == DeploymentStatus.LIVE) {
            progress(deployment, message);
        } else {
            store.move(deployment, DeploymentStatus.FAILED, message, List.of());
        }
    }

    /** What was live until now. */
    private void retire(Deployment successor, String message) {
        store.live(successor.componentId(), successor.environmentId())
                .filter(it -> !it.id().equals(successor.id()))
                .ifPresent(it -> store.move(it, DeploymentStatus.SUPERSEDED, message, List.of()));
    }

    private static String sentence(@Nullable String message, String otherwise) {
        return message == null || message.isBlank() ? otherwise : message;
    }
}
