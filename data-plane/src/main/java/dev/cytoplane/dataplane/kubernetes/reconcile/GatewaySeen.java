package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.desired.Place;
import dev.cytoplane.dataplane.kubernetes.desired.SharedGateway;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway is, for one of the cells that it serves.
 *
 * @param fault why it does not do what it should for the cell, though it may run
 * @param refused what of it the cluster does not take, in a sentence
 */
record GatewaySeen(
        Health health,
        @Nullable GatewayFault fault,
        @Nullable String refused) {

    /** A pod is enough: of several one may be on its way. */
    private static final int FEWEST = 1;

    /** Whether the cell's calls may be led to it. */
    boolean serves() {
        return health.phase() == Phase.READY && fault == null && refused == null;
    }

    /** @param files what is there for the gateway to read of the cell; empty before it was made */
    static GatewaySeen of(
            Gates.Kind kind, Cell.Metadata cell, Optional<Secret> files, Live live, GatewayReports reports) {
        return switch (kind) {
            case OWN -> own(cell, files, live, reports);
            case ENVIRONMENT -> environments(cell, files, live, reports);
        };
    }

    private static GatewaySeen own(Cell.Metadata cell, Optional<Secret> files, Live live, GatewayReports reports) {
        // What it does not say is not held against it: not every data plane can ask.
        Optional<GatewayFault> fault = files.flatMap(SharedGateway::configuration)
                .map(GatewayConfiguration::generation)
                .flatMap(wanted -> reports.applied(Names.namespace(cell.name()))
                        .flatMap(applied -> GatewayFault.of(applied, wanted, cell.name())));
        return new GatewaySeen(
                health(live.named(Deployment.class, Names.GATEWAY), pods(live.all(Pod.class))),
                fault.orElse(null),
                null);
    }

    private static GatewaySeen environments(
            Cell.Metadata cell, Optional<Secret> files, Live live, GatewayReports reports) {
        return new GatewaySeen(
                health(live.shared(Deployment.class, Names.GATEWAY), pods(live.shared(Pod.class))),
                environmentsFault(cell, files, live, reports).orElse(null),
                live.environment().flatMap(EnvironmentReconciler::refused).orElse(null));
    }

    private static Optional<GatewayFault> environmentsFault(
            Cell.Metadata cell, Optional<Secret> files, Live live, GatewayReports reports) {
        Optional<Place> place = Optional.ofNullable(places(live).get(cell.name()));
        Optional<String> part = files.map(SharedGateway::address);
        if (place.isEmpty() || !part.equals(place.map(Place::part))) {
            return Optional.of(GatewayFault.notTaken());
        }
        String reason = place.get().reason();
        return reason != null
                ? Optional.of(GatewayFault.refused(reason))
                : reports.applied(Environment.of(cell).namespace())
                        .flatMap(applied -> GatewayFault.of(applied, place.get().generation(), cell.name()));
    }

    /** Where the cells of the environment are served. */
    static Map<String, Place> places(Live live) {
        return live.shared(Secret.class, Names.GATEWAY_CONFIGURATION)
                .map(SharedGateway::places)
                .orElse(Map.of());
    }

    static List<Pod> pods(Stream<Pod> pods) {
        return pods.filter(pod ->
                        Names.GATEWAY.equals(pod.getMetadata().getLabels().get(Labels.NAME)))
                .toList();
    }

    private static Health health(Optional<Deployment> deployment, List<Pod> pods) {
        return Health.ofScaled(deployment.orElse(null), pods, FEWEST);
    }
}
