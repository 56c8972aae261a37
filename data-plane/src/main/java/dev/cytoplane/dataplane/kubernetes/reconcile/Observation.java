package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayAddress;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus.AutoscalingStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at what there is of a cell, for its status. */
record Observation(CellResource resource, Cell cell, Live live) {

    /**
     * @param fault why the gateway does not do what it should, or is not reached as it should be; null when all is well
     * @param late whether what is refused has been for long
     */
    CellResourceStatus status(
            ComponentImages componentImages,
            Refusals refusals,
            GatewayAddress address,
            GatewaySeen seen,
            @Nullable GatewayFault fault,
            boolean late,
            Instant now) {
        Map<String, Deployment> deployments = live.all(Deployment.class)
                .collect(Collectors.toMap(found -> found.getMetadata().getName(), found -> found, (a, b) -> b));
        Map<String, List<Pod>> pods = live.all(Pod.class)
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getLabels().getOrDefault(Labels.NAME, "")));
        Map<String, Health> components = new TreeMap<>();
        Map<String, Integer> ready = new TreeMap<>();
        Map<String, String> releases = new TreeMap<>();
        Map<String, AutoscalingStatus> scaled = new TreeMap<>();
        for (Cell.Component component : cell.spec().components()) {
            String name = component.name();
            List<Pod> own = pods.getOrDefault(name, List.of());
            if (component.task() != null) {
                Optional<CronJob> task = live.named(CronJob.class, name);
                components.put(
                        name,
                        Optional.ofNullable(componentImages.waiting().get(name))
                                .map(waiting -> Health.waiting(null, waiting))
                                .orElseGet(() -> Health.ofTask(task.orElse(null))));
                task.flatMap(Observation::release).ifPresent(release -> releases.put(name, release));
                continue;
            }
            components.put(
                    name,
                    Optional.ofNullable(componentImages.waiting().get(name))
                            .map(waiting -> Health.waiting(deployments.get(name), waiting))
                            .orElseGet(() -> component.autoscaling() == null
                                    ? Health.of(deployments.get(name), own)
                                    : Health.ofScaled(deployments.get(name), own, component.replicas())));
            if (component.autoscaling() != null) {
                scaled.put(
                        name,
                        ScaledByLoad.of(
                                live.named(HorizontalPodAutoscaler.class, name).orElse(null),
                                deployments.get(name),
                                component.replicas()));
            }
            List<Pod> readyPods = own.stream().filter(Observation::isReady).toList();
            ready.put(name, readyPods.size());
            Set<String> serving = readyPods.stream()
                    .flatMap(pod -> Optional.ofNullable(pod.getMetadata().getAnnotations())
                            .map(annotations -> annotations.get(Labels.RELEASE))
                            .stream())
                    .collect(Collectors.toSet());
            if (serving.size() == 1) {
                releases.put(name, serving.iterator().next());
            }
        }
        components.replaceAll((name, health) -> refusals.of(name)
                .map(sentence -> Health.refused(health, sentence, late))
                .orElse(health));
        return Statement.of(
                cell,
                resource.getMetadata().getGeneration(),
                resource.getStatus(),
                refusals.of(Names.GATEWAY)
                        .or(() -> Optional.ofNullable(seen.refused()))
                        .map(sentence -> Health.refused(seen.health(), sentence, late))
                        .orElse(seen.health()),
                components,
                ready,
                releases,
                scaled,
                address,
                fault,
                refusals,
                now);
    }

    /** What the next run of a task will be of. */
    private static Optional<String> release(CronJob task) {
        return Optional.ofNullable(task.getSpec().getJobTemplate().getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Labels.RELEASE));
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && Health.ready(pod).isPresent();
    }
}
