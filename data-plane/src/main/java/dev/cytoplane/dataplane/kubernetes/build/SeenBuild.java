package dev.cytoplane.dataplane.kubernetes.build;

import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.contracts.build.BuildReport.Phase;
import dev.cytoplane.contracts.build.BuildReport.Seen;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is to be said of a build, from its Job and its pod: a sentence that names the cause. Pure. */
final class SeenBuild {

    private static final Set<String> USUAL = Set.of("PodInitializing", "ContainerCreating");
    private static final int LONGEST = 500;

    private SeenBuild() {}

    /** @param refused why the cluster makes no pod, where that can be told */
    static Seen of(BuildOrder order, @Nullable Job job, Optional<Pod> pod, Supplier<Optional<String>> refused) {
        if (job == null) {
            return order.begun()
                    ? seen(order, Phase.LOST, "The build's Job was deleted while it ran.")
                    : seen(order, Phase.WAITING, null);
        }
        Optional<Seen> overdue = conditions(job)
                .filter("DeadlineExceeded"::equals)
                .findFirst()
                .map(reason -> seen(order, Phase.FAILED, "The build's Job took longer than its deadline."));
        return overdue.or(() -> pod.map(it -> ofPod(order, it)))
                .orElseGet(() -> conditions(job).findFirst().isPresent()
                        ? seen(order, Phase.LOST, "The build's pod is gone.")
                        : seen(order, Phase.WAITING, refused.get().orElse(null)));
    }

    /** Reasons for which the Job has failed. */
    private static Stream<String> conditions(Job job) {
        return job.getStatus() == null
                ? Stream.empty()
                : job.getStatus().getConditions().stream()
                        .filter(it ->
                                it.getType().equals("Failed") && it.getStatus().equals("True"))
                        .map(it -> String.valueOf(it.getReason()));
    }

    private static Seen ofPod(BuildOrder order, Pod pod) {
        if ("Evicted".equals(pod.getStatus().getReason())) {
            String why = Objects.requireNonNullElse(pod.getStatus().getMessage(), "");
            return why.contains("emptyDir") || why.contains("ephemeral")
                    ? seen(order, Phase.FAILED, "The build wrote more to the disk than it may: " + why)
                    : seen(order, Phase.LOST, "The node ended the build's pod: " + why);
        }
        Optional<ContainerStateTerminated> ended = statuses(pod)
                .filter(it -> it.getName().equals(BuildJob.CONTAINER))
                .map(it -> it.getState().getTerminated())
                .filter(Objects::nonNull)
                .findFirst();
        if (ended.isPresent() && (isOutOfMemory(ended.get()) || !isDeleted(pod))) {
            return ended(order, ended.get());
        }
        // How its program ended says nothing then: it was told to.
        if (isDeleted(pod)) {
            return seen(order, Phase.LOST, "The build's pod was deleted.");
        }
        return switch (String.valueOf(pod.getStatus().getPhase())) {
            case "Failed" -> seen(order, Phase.LOST, "The build's pod has failed" + because(pod));
            case "Succeeded" -> seen(order, Phase.ENDED, null);
            case "Running" -> seen(order, Phase.RUNNING, null);
            default -> seen(order, Phase.WAITING, waits(pod).orElse(null));
        };
    }

    private static boolean isDeleted(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    private static boolean isOutOfMemory(ContainerStateTerminated ended) {
        return "OOMKilled".equals(ended.getReason());
    }

    private static String because(Pod pod) {
        String said = Optional.ofNullable(pod.getStatus().getMessage())
                .orElse(pod.getStatus().getReason());
        return said == null ? "." : ": " + said;
    }

    private static Seen ended(BuildOrder order, ContainerStateTerminated ended) {
        if (isOutOfMemory(ended)) {
            return seen(
                    order,
                    Phase.FAILED,
                    "The build used more than %d MB of memory (limit cytoplane.build.memory-limit)."
                            .formatted(order.memory() >> 20));
        }
        if (ended.getExitCode() == 0) {
            return seen(order, Phase.ENDED, null);
        }
        String last = Objects.requireNonNullElse(ended.getMessage(), "").strip();
        last = last.substring(last.lastIndexOf('\n') + 1);
        return seen(
                order,
                Phase.ENDED,
                "Its exit code is %d. %s".formatted(ended.getExitCode(), last).strip());
    }

    private static Optional<String> waits(Pod pod) {
        return Stream.concat(
                        statuses(pod)
                                .map(it -> it.getState().getWaiting())
                                .filter(it -> it != null && !USUAL.contains(it.getReason()))
                                .map(SeenBuild::sentence),
                        pod.getStatus().getConditions().stream()
                                .filter(it -> it.getType().equals("PodScheduled")
                                        && it.getStatus().equals("False"))
                                .map(PodCondition::getMessage)
                                .filter(Objects::nonNull)
                                .map(message -> "no node has room for its pod: " + message))
                .findFirst();
    }

    private static String sentence(ContainerStateWaiting waiting) {
        String detail = waiting.getMessage() == null ? "" : ": " + waiting.getMessage();
        return switch (String.valueOf(waiting.getReason())) {
            case "ErrImagePull", "ImagePullBackOff", "InvalidImageName" -> "an image cannot be pulled" + detail;
            default -> waiting.getReason() + detail;
        };
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .filter(it -> it.getState() != null);
    }

    static Seen seen(BuildOrder order, Phase phase, @Nullable String message) {
        return new Seen(
                order.build(),
                order.attempt(),
                phase,
                message != null && message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
    }
}
