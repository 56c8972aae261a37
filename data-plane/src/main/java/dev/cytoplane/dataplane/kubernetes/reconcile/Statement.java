package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayAddress;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus.AutoscalingStatus;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus.ComponentStatus;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus.GatewayStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said of a cell in its status: a pure function of what was seen. */
final class Statement {

    private Statement() {}

    /**
     * @param before what was said last; a condition that stays keeps its time
     * @param components how each component is, by name
     * @param releases the release of each component that all its ready pods run, if they agree
     * @param scaled how those are scaled that are by load
     * @param address where the gateway is reached
     * @param fault why a gateway that runs does not do what it should; null when it does
     * @param refusals what the cluster has not taken
     */
    static CellResourceStatus of(
            Cell cell,
            long generation,
            @Nullable CellResourceStatus before,
            Health gateway,
            Map<String, Health> components,
            Map<String, Integer> readyPods,
            Map<String, String> releases,
            Map<String, AutoscalingStatus> scaled,
            GatewayAddress address,
            @Nullable GatewayFault fault,
            Refusals refusals,
            Instant now) {
        List<ComponentStatus> statuses = new ArrayList<>();
        List<String> unready = new ArrayList<>();
        for (Cell.Component component : cell.spec().components()) {
            Health health = components.getOrDefault(component.name(), new Health(Phase.PROGRESSING, "Not started yet"));
            if (health.phase() != Phase.READY) {
                unready.add(component.name() + ": " + health.message());
            }
            AutoscalingStatus byLoad = scaled.get(component.name());
            statuses.add(new ComponentStatus(
                    component.name(),
                    health.phase().name(),
                    health.message(),
                    component.release(),
                    releases.get(component.name()),
                    byLoad == null ? component.replicas() : byLoad.wanted(),
                    readyPods.getOrDefault(component.name(), 0),
                    byLoad));
        }
        boolean gatewayRuns = gateway.phase() == Phase.READY;
        boolean gatewayReady = gatewayRuns && fault == null;
        boolean faulty = fault != null && (gatewayRuns || fault.isRefusal());
        String gatewayMessage = fault != null && faulty ? fault.message() : gateway.message();
        if (!gatewayReady) {
            unready.add("gateway: " + gatewayMessage);
        }
        boolean failed = components.values().stream().anyMatch(health -> health.phase() == Phase.FAILED)
                || gateway.phase() == Phase.FAILED;
        return new CellResourceStatus(
                generation,
                Names.namespace(cell.metadata().name()),
                List.of(
                        condition(
                                CellResourceStatus.READY,
                                unready.isEmpty(),
                                unready.isEmpty() ? "AllReady" : failed ? "Failed" : "Progressing",
                                unready.isEmpty() ? "Everything runs" : String.join("; ", unready),
                                generation,
                                before,
                                now),
                        condition(
                                CellResourceStatus.GATEWAY_READY,
                                gatewayReady,
                                fault != null && faulty ? fault.reason() : gatewayRuns ? "Running" : "NotRunning",
                                gatewayMessage,
                                generation,
                                before,
                                now),
                        applied(refusals, generation, before, now)),
                statuses,
                new GatewayStatus(address.publicUrls(), address.westbound()));
    }

    private static Condition applied(
            Refusals refusals, long generation, @Nullable CellResourceStatus before, Instant now) {
        return condition(
                CellResourceStatus.APPLIED,
                refusals.none(),
                refusals.none() ? "Applied" : "Refused",
                refusals.none() ? "The cluster has taken everything" : refusals.sentence(),
                generation,
                before,
                now);
    }

    /** Since when the cluster has refused something; now when it had not before. */
    static Instant refusedSince(@Nullable CellResourceStatus before, Instant now) {
        return Optional.ofNullable(before).map(CellResourceStatus::conditions).stream()
                .flatMap(List::stream)
                .filter(last -> last.getType().equals(CellResourceStatus.APPLIED)
                        && last.getStatus().equals("False"))
                .map(last -> Instant.parse(last.getLastTransitionTime()))
                .findFirst()
                .orElse(now);
    }

    /** Nothing could be done for the cell, for one reason. */
    static CellResourceStatus refusal(
            String cell,
            long generation,
            @Nullable CellResourceStatus before,
            String reason,
            String message,
            Instant now) {
        return new CellResourceStatus(
                generation,
                Names.namespace(cell),
                List.of(condition(CellResourceStatus.READY, false, reason, message, generation, before, now)),
                before == null
                        ? List.of()
                        : before.components().stream()
                                .map(component -> unseen(component, message))
                                .toList(),
                before == null ? null : before.gateway());
    }

    /** What it was is not what it is to be: nothing was done for that. */
    private static ComponentStatus unseen(ComponentStatus before, String message) {
        return new ComponentStatus(
                before.name(),
                Phase.PROGRESSING.name(),
                message,
                before.desiredRelease(),
                before.servingRelease(),
                before.replicas(),
                before.readyReplicas(),
                before.autoscaling());
    }

    private static Condition condition(
            String type,
            boolean holds,
            String reason,
            String message,
            long generation,
            @Nullable CellResourceStatus before,
            Instant now) {
        String status = holds ? "True" : "False";
        String since = Optional.ofNullable(before).map(CellResourceStatus::conditions).stream()
                .flatMap(List::stream)
                .filter(last -> last.getType().equals(type) && last.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElseGet(() ->
                        now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }
}
