package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many pods of a component run by load: Kubernetes' own autoscaler decides, between the two numbers that it is told. */
final class Autoscaler {

    private Autoscaler() {}

    /** Of a component's instances that the cell must have room for. */
    static int most(Cell.Component component) {
        Cell.Autoscaling load = component.autoscaling();
        return load == null ? component.replicas() : load.maxInstances();
    }

    static Optional<HorizontalPodAutoscaler> of(Cell.Component component, Cell.Metadata cell) {
        Cell.Autoscaling load = component.autoscaling();
        return load == null ? Optional.empty() : Optional.of(of(component.name(), load, cell));
    }

    private static HorizontalPodAutoscaler of(String component, Cell.Autoscaling load, Cell.Metadata cell) {
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(Labels.meta(component, cell))
                .withNewSpec()
                .withNewScaleTargetRef()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(component)
                .endScaleTargetRef()
                .withMinReplicas(load.minInstances())
                .withMaxReplicas(load.maxInstances())
                .withMetrics(Stream.of(metric("cpu", load.cpuPercent()), metric("memory", load.memoryPercent()))
                        .flatMap(Optional::stream)
                        .toList())
                .endSpec()
                .build();
    }

    private static Optional<MetricSpec> metric(String resource, @Nullable Integer percent) {
        return Optional.ofNullable(percent)
                .map(average -> new MetricSpecBuilder()
                        .withType("Resource")
                        .withNewResource()
                        .withName(resource)
                        .withNewTarget()
                        .withType("Utilization")
                        .withAverageUtilization(average)
                        .endTarget()
                        .endResource()
                        .build());
    }
}
