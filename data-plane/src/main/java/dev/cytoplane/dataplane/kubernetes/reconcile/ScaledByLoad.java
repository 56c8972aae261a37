package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus.AutoscalingStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an autoscaler does, in a sentence: a pure function of what Kubernetes says of it. */
final class ScaledByLoad {

    private ScaledByLoad() {}

    /**
     * @param autoscaler null before it was made
     * @param deployment null before it was made
     */
    static AutoscalingStatus of(
            @Nullable HorizontalPodAutoscaler autoscaler, @Nullable Deployment deployment, int fewest) {
        int instances = Optional.ofNullable(deployment)
                .map(Deployment::getStatus)
                .map(status -> status.getReplicas() == null ? 0 : status.getReplicas())
                .orElse(0);
        int wanted = deployment == null ? fewest : deployment.getSpec().getReplicas();
        if (autoscaler == null) {
            return new AutoscalingStatus(false, instances, wanted, "Its autoscaler is not made yet");
        }
        HorizontalPodAutoscalerStatus status = autoscaler.getStatus();
        if (status == null || status.getConditions().isEmpty()) {
            return new AutoscalingStatus(false, instances, wanted, "Its autoscaler has not looked at it yet");
        }
        Optional<String> trouble = trouble(status, wanted);
        return new AutoscalingStatus(
                trouble.isEmpty(), instances, wanted, trouble.orElseGet(() -> reason(autoscaler, status)));
    }

    private static Optional<String> trouble(HorizontalPodAutoscalerStatus status, int wanted) {
        return condition(status, "AbleToScale", "False")
                .map(condition -> "The autoscaler cannot change the number: " + condition.getMessage())
                .or(() -> condition(status, "ScalingActive", "False").map(condition -> inactive(condition, wanted)));
    }

    private static String inactive(HorizontalPodAutoscalerCondition condition, int wanted) {
        String message = String.valueOf(condition.getMessage());
        String why = message.contains("could not find the requested resource")
                ? "There are no metrics in this cluster, which a metrics server would tell"
                : message.contains("did not receive metrics") || message.contains("no metrics returned")
                        ? "The load of its pods is not measured yet"
                        : "Its load is not known: " + message;
        return why + "; it stays at " + wanted;
    }

    private static String reason(HorizontalPodAutoscaler autoscaler, HorizontalPodAutoscalerStatus status) {
        return condition(status, "ScalingLimited", "True")
                .map(HorizontalPodAutoscalerCondition::getReason)
                .map(reason -> switch (reason) {
                    case "TooManyReplicas" ->
                        "Its load asks for more than the %d that may run"
                                .formatted(autoscaler.getSpec().getMaxReplicas());
                    case "TooFewReplicas" ->
                        "Its load needs no more than the fewest, %d"
                                .formatted(autoscaler.getSpec().getMinReplicas());
                    default -> "As many as its load needs, step by step";
                })
                .orElse("As many as its load needs");
    }

    private static Optional<HorizontalPodAutoscalerCondition> condition(
            HorizontalPodAutoscalerStatus status, String type, String value) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals(value))
                .findFirst();
    }
}
