package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.runtime.TaskSchedule;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs in the words of the link: a pure function. */
final class SeenRuns {

    /** The label of a Job that somebody ordered: the run's id. A scheduled one's is the Job's own. */
    static final String RUN = "cytoplane.dev/run";

    static final String CANCELLED = "cytoplane.dev/cancelled";
    private static final String SCHEDULED_FOR = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    private SeenRuns() {}

    /**
     * @param jobs the component's
     * @param pods of the cell's runs; for the exit codes
     */
    static CellStatus.Task of(Cell.Task task, List<Job> jobs, List<Pod> pods, Instant now) {
        return new CellStatus.Task(
                TaskSchedule.of(task).flatMap(schedule -> schedule.after(now)).orElse(null),
                jobs.stream()
                        .sorted(Comparator.comparing(
                                        (Job job) -> job.getMetadata().getCreationTimestamp())
                                .reversed())
                        .limit(CellStatus.MOST_RUNS)
                        .map(job -> run(job, pods))
                        .toList());
    }

    static UUID id(Job job) {
        return UUID.fromString(Optional.ofNullable(job.getMetadata().getLabels())
                .map(labels -> labels.get(RUN))
                .orElse(job.getMetadata().getUid()));
    }

    static boolean hasEnded(Job job) {
        return condition(job, "Complete").or(() -> condition(job, "Failed")).isPresent();
    }

    private static CellStatus.Run run(Job job, List<Pod> pods) {
        RunPhase phase = phase(job);
        List<Pod> own = pods.stream()
                .filter(pod -> job.getMetadata()
                        .getName()
                        .equals(pod.getMetadata().getLabels().get(CellPods.JOB)))
                .toList();
        Integer code = phase == RunPhase.RUNNING ? null : exitCode(own);
        return new CellStatus.Run(
                id(job),
                time(annotations(job).get(SCHEDULED_FOR)),
                annotations(job).getOrDefault(Labels.RELEASE, ""),
                phase,
                job.getMetadata().getName(),
                time(job.getStatus() == null ? null : job.getStatus().getStartTime()),
                phase.hasEnded() ? ended(job) : null,
                job.getStatus() == null
                        ? 0
                        : number(job.getStatus().getActive())
                                + number(job.getStatus().getFailed())
                                + number(job.getStatus().getSucceeded()),
                code,
                message(job, phase, code));
    }

    private static RunPhase phase(Job job) {
        if (condition(job, "Complete").isPresent()) {
            return RunPhase.SUCCEEDED;
        }
        if (condition(job, "Failed").isPresent()) {
            return annotations(job).containsKey(CANCELLED) ? RunPhase.CANCELLED : RunPhase.FAILED;
        }
        return job.getStatus() != null && number(job.getStatus().getActive()) > 0 ? RunPhase.RUNNING : RunPhase.WAITING;
    }

    private static String message(Job job, RunPhase phase, @Nullable Integer code) {
        return switch (phase) {
            case SUCCEEDED -> "It has ended well.";
            case CANCELLED -> "It was cancelled.";
            case RUNNING -> "It runs.";
            case WAITING -> "It waits for a place to run.";
            case FAILED ->
                "DeadlineExceeded".equals(condition(job, "Failed").orElseThrow().getReason())
                        ? "It ran longer than the %d seconds that it has."
                                .formatted(job.getSpec().getActiveDeadlineSeconds())
                        : code == null ? "It failed." : "It exited with code " + code + ".";
        };
    }

    /** Of the attempt that ended last. */
    private static @Nullable Integer exitCode(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .filter(container -> container.getName().equals(Names.COMPONENT) && container.getState() != null)
                .map(container -> container.getState().getTerminated())
                .filter(Objects::nonNull)
                .max(Comparator.comparing(end -> Objects.requireNonNullElse(end.getFinishedAt(), "")))
                .map(end -> end.getExitCode())
                .orElse(null);
    }

    private static @Nullable Instant ended(Job job) {
        return condition(job, "Complete")
                .or(() -> condition(job, "Failed"))
                .map(JobCondition::getLastTransitionTime)
                .map(Instant::parse)
                .orElse(null);
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True"))
                        .findFirst();
    }

    private static Map<String, String> annotations(Job job) {
        return Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of());
    }

    private static @Nullable Instant time(@Nullable String text) {
        // Kubernetes writes the time of a schedule with the offset of its zone.
        return text == null ? null : java.time.OffsetDateTime.parse(text).toInstant();
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
