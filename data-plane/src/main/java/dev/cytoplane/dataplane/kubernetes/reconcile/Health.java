package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.kubernetes.image.ReleaseImage;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a workload is, from what Kubernetes says of it: a pure function.
 *
 * @param message one sentence: why it is in this phase
 */
record Health(Phase phase, String message) {

    /**
     * @param deployment null before it was made
     * @param pods the workload's pods
     */
    static Health of(@Nullable Deployment deployment, List<Pod> pods) {
        if (deployment == null) {
            return new Health(Phase.PROGRESSING, "Not started yet");
        }
        int wanted = deployment.getSpec().getReplicas();
        int ready = number(status(deployment).getReadyReplicas());
        String count = ready + " of " + wanted + " ready";
        if (settled(deployment)) {
            return ready >= wanted
                    ? new Health(Phase.READY, count)
                    : new Health(Phase.DEGRADED, sentence(count, cause(deployment, pods)));
        }
        String cause = cause(deployment, pods).orElse(null);
        boolean late = condition(deployment, "Progressing")
                .filter(progressing -> "False".equals(progressing.getStatus()))
                .isPresent();
        return new Health(late ? Phase.FAILED : Phase.PROGRESSING, sentence(count, Optional.ofNullable(cause)));
    }

    /**
     * Of what does its work with fewer than are wanted: what an autoscaler scales, and a gateway of several pods. It is ready
     * with the fewest that will do, whether or not more are on their way.
     *
     * @param deployment null before it was made
     */
    static Health ofScaled(@Nullable Deployment deployment, List<Pod> pods, int fewest) {
        if (deployment == null || !replaced(deployment)) {
            return of(deployment, pods);
        }
        int wanted = deployment.getSpec().getReplicas();
        int ready = number(status(deployment).getReadyReplicas());
        String count = ready + " of " + wanted + " ready";
        if (ready >= wanted) {
            return new Health(Phase.READY, count);
        }
        String sentence = sentence(count, cause(deployment, pods));
        return new Health(ready >= Math.min(fewest, wanted) ? Phase.READY : Phase.DEGRADED, sentence);
    }

    /** @param task null before it was made */
    static Health ofTask(@Nullable CronJob task) {
        return task == null
                ? new Health(Phase.PROGRESSING, "Not ready to run yet")
                : new Health(Phase.READY, "It is ready to run");
    }

    /**
     * The cluster does not take what it should be.
     *
     * @param before what there is of it
     * @param failed it was refused for long enough
     */
    static Health refused(Health before, String sentence, boolean failed) {
        String more = before.phase() == Phase.READY ? " (" + before.message() + " of what was before)" : "";
        return new Health(failed ? Phase.FAILED : Phase.PROGRESSING, sentence + more);
    }

    /** Before there is an image: what runs is of an older release. */
    static Health waiting(@Nullable Deployment deployment, ReleaseImage.Waiting image) {
        int ready = deployment == null ? 0 : number(status(deployment).getReadyReplicas());
        String before = ready == 0 ? "" : " (" + ready + " ready of the release before)";
        return new Health(image.failed() ? Phase.FAILED : Phase.PROGRESSING, image.message() + before);
    }

    /** A pod's condition that it is ready; empty while it is not. */
    static Optional<PodCondition> ready(Pod pod) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"))
                .findFirst();
    }

    /** The newest template has replaced every other one. Whether it is still well is another matter. */
    static boolean settled(Deployment deployment) {
        return replaced(deployment)
                && number(status(deployment).getUpdatedReplicas())
                        == number(deployment.getSpec().getReplicas());
    }

    /** No pod of an older template is left, though not every one of the newest may be there. */
    private static boolean replaced(Deployment deployment) {
        DeploymentStatus status = status(deployment);
        return Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration())
                && number(status.getReplicas()) == number(status.getUpdatedReplicas())
                && condition(deployment, "Progressing")
                        .filter(progressing -> "NewReplicaSetAvailable".equals(progressing.getReason()))
                        .isPresent();
    }

    private static String sentence(String count, Optional<String> cause) {
        return cause.map(reason -> count + ": " + reason).orElse(count);
    }

    private static Optional<String> cause(Deployment deployment, List<Pod> pods) {
        return condition(deployment, "ReplicaFailure")
                .filter(failure -> "True".equals(failure.getStatus()))
                .map(DeploymentCondition::getMessage)
                .or(() -> pods.stream().flatMap(Health::causes).findFirst());
    }

    private static Stream<String> causes(Pod pod) {
        if (pod.getStatus() == null) {
            return Stream.empty();
        }
        Stream<String> unscheduled = pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("False"))
                .map(condition -> "no node has room for it: " + condition.getMessage());
        Stream<String> containers = Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .flatMap(container -> cause(container).stream());
        return Stream.concat(unscheduled, containers);
    }

    private static Optional<String> cause(ContainerStatus container) {
        if (container.getName().equals("fence")
                && container.getState() != null
                && container.getState().getRunning() != null) {
            return Optional.of("it waits until its network policies are in force");
        }
        ContainerStateWaiting waiting =
                container.getState() == null ? null : container.getState().getWaiting();
        if (waiting == null || waiting.getReason() == null) {
            return Optional.empty();
        }
        return switch (waiting.getReason()) {
            case "ContainerCreating", "PodInitializing" -> Optional.empty();
            case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName" ->
                Optional.of("the image " + container.getImage() + " cannot be pulled: " + waiting.getMessage());
            case "CrashLoopBackOff" -> Optional.of("it ends again and again" + lastExit(container));
            default -> Optional.of(waiting.getReason() + ": " + waiting.getMessage());
        };
    }

    private static String lastExit(ContainerStatus container) {
        ContainerStateTerminated last = container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
        if (last == null) {
            return "";
        }
        String words = last.getMessage() == null ? "" : ": " + last.getMessage().strip();
        return ", last with exit code " + last.getExitCode() + " (" + last.getReason() + ")" + words;
    }

    private static Optional<DeploymentCondition> condition(Deployment deployment, String type) {
        return status(deployment).getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private static DeploymentStatus status(Deployment deployment) {
        return deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
