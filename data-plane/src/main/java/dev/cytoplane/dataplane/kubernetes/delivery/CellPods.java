package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.InstancePhase;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods of a cell's components as instances. */
final class CellPods {

    record Seen(String component, CellStatus.Instance instance) {}

    /** The label of a run's pods, which are no instances; Kubernetes sets it. */
    static final String JOB = "batch.kubernetes.io/job-name";

    private CellPods() {}

    static List<Seen> of(KubernetesClient client, String cell) {
        return pods(client, cell, Labels.components())
                .filter(pod -> !pod.getMetadata().getLabels().containsKey(JOB))
                .map(CellPods::seen)
                .toList();
    }

    /** A component's pods that have begun. */
    static Stream<Pod> pods(KubernetesClient client, String cell, Map<String, String> labels) {
        return client.pods().inNamespace(Names.namespace(cell)).withLabels(labels).list().getItems().stream()
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getStartTime() != null);
    }

    private static Seen seen(Pod pod) {
        Optional<ContainerStatus> container = pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(Names.COMPONENT))
                .findFirst();
        return new Seen(
                pod.getMetadata().getLabels().getOrDefault(Labels.NAME, ""),
                new CellStatus.Instance(
                        pod.getMetadata().getName(),
                        Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of())
                                .getOrDefault(Labels.RELEASE, ""),
                        phase(pod, container),
                        null,
                        Instant.parse(pod.getStatus().getStartTime()),
                        container.map(ContainerStatus::getRestartCount).orElse(0),
                        container.map(CellPods::lastExit).orElse(null),
                        null,
                        null));
    }

    private static InstancePhase phase(Pod pod, Optional<ContainerStatus> container) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return InstancePhase.STOPPING;
        }
        if (container.filter(status -> Boolean.TRUE.equals(status.getReady())).isPresent()) {
            return InstancePhase.READY;
        }
        boolean backingOff = container
                .map(ContainerStatus::getState)
                .filter(state -> state.getWaiting() != null
                        && "CrashLoopBackOff".equals(state.getWaiting().getReason()))
                .isPresent();
        if (backingOff) {
            return InstancePhase.BACKING_OFF;
        }
        boolean ran = container.filter(status -> status.getRestartCount() > 0).isPresent();
        return ran ? InstancePhase.UNREADY : InstancePhase.STARTING;
    }

    private static @Nullable String lastExit(ContainerStatus container) {
        ContainerStateTerminated last = container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
        return last == null ? null : "Exit code " + last.getExitCode() + " (" + last.getReason() + ")";
    }
}
