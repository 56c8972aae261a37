package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus.AutoscalingStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of an autoscaler, by the conditions that Kubernetes 1.34 writes. */
class ScaledByLoadTest {

    private static final Deployment DEPLOYMENT = Serialization.unmarshal("""
            spec: {replicas: 4}
            status: {replicas: 3}
            """, Deployment.class);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            False | FailedGetResourceMetric | False | DesiredWithinRange | unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io) | There are no metrics in this cluster, which a metrics server would tell; it stays at 4
            False | FailedGetResourceMetric | False | DesiredWithinRange | failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready) | The load of its pods is not measured yet; it stays at 4
            False | FailedGetResourceMetric | False | DesiredWithinRange | the server is currently unable to handle the request | Its load is not known: the server is currently unable to handle the request; it stays at 4
            True | ValidMetricFound | False | DesiredWithinRange | - | As many as its load needs
            True | ValidMetricFound | True | TooManyReplicas | - | Its load asks for more than the 6 that may run
            True | ValidMetricFound | True | TooFewReplicas | - | Its load needs no more than the fewest, 2
            """)
    void aConditionBecomesASentence(
            String active, String reason, String limited, String limit, String message, String sentence) {
        AutoscalingStatus status =
                ScaledByLoad.of(autoscaler("""
                spec: {minReplicas: 2, maxReplicas: 6}
                status:
                  conditions:
                  - {type: AbleToScale, status: "True", reason: SucceededGetScale, message: "-"}
                  - {type: ScalingActive, status: "%s", reason: %s, message: "%s"}
                  - {type: ScalingLimited, status: "%s", reason: %s, message: "-"}
                """.formatted(active, reason, message, limited, limit)), DEPLOYMENT, 2);

        assertThat(status).isEqualTo(new AutoscalingStatus(active.equals("True"), 3, 4, sentence));
    }

    @Test
    void beforeItHasLookedThatIsSaid() {
        assertThat(ScaledByLoad.of(null, null, 2))
                .isEqualTo(new AutoscalingStatus(false, 0, 2, "Its autoscaler is not made yet"));
        assertThat(ScaledByLoad.of(autoscaler("{}"), DEPLOYMENT, 2).message())
                .isEqualTo("Its autoscaler has not looked at it yet");
    }

    private static HorizontalPodAutoscaler autoscaler(String yaml) {
        return Serialization.unmarshal(yaml, HorizontalPodAutoscaler.class);
    }
}
