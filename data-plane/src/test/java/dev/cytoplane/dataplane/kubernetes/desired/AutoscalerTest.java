package dev.cytoplane.dataplane.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.testing.TestCells;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AutoscalerTest {

    private static final Cell BY_LOAD = TestCells.cell(
            "shop", 1, TestCells.service("web").autoscaling(2, 6, 70).build());

    @Test
    void anAutoscalerScalesTheDeploymentBetweenTheTwoNumbers() {
        HorizontalPodAutoscaler autoscaler =
                one(BY_LOAD, Map.of(), HorizontalPodAutoscaler.class).orElseThrow();

        assertThat(autoscaler.getMetadata().getName()).isEqualTo("web");
        assertThat(autoscaler.getSpec().getScaleTargetRef().getKind()).isEqualTo("Deployment");
        assertThat(autoscaler.getSpec().getScaleTargetRef().getName()).isEqualTo("web");
        assertThat(autoscaler.getSpec().getMinReplicas()).isEqualTo(2);
        assertThat(autoscaler.getSpec().getMaxReplicas()).isEqualTo(6);
        assertThat(autoscaler.getSpec().getMetrics()).singleElement().satisfies(metric -> {
            assertThat(metric.getResource().getName()).isEqualTo("cpu");
            assertThat(metric.getResource().getTarget().getAverageUtilization()).isEqualTo(70);
        });
    }

    @Test
    void theNumberIsSaidOnlyWhileNobodyElseHoldsIt() {
        assertThat(web(BY_LOAD, Map.of("web", 4)).getSpec().getReplicas()).isEqualTo(4);
        assertThat(web(BY_LOAD, Map.of()).getSpec().getReplicas()).isNull();
    }

    @Test
    void withAFixedNumberThereIsNoAutoscaler() {
        Cell fixed =
                TestCells.cell("shop", 1, TestCells.service("web").replicas(3).build());

        assertThat(one(fixed, Map.of(), HorizontalPodAutoscaler.class)).isEmpty();
        assertThat(web(fixed, Map.of()).getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void thereIsRoomForTheMostAndOneAtATimeIsTakenAway() {
        Cell most = TestCells.cell(
                "shop", 1, TestCells.service("web").autoscaling(1, 6, 70).build());
        Cell sixAlways =
                TestCells.cell("shop", 1, TestCells.service("web").replicas(6).build());
        Cell single = TestCells.cell(
                "shop", 1, TestCells.service("web").autoscaling(1, 1, 70).build());

        assertThat(quota(most)).isEqualTo(quota(sixAlways));
        assertThat(one(most, Map.of(), PodDisruptionBudget.class)).isPresent();
        assertThat(one(single, Map.of(), PodDisruptionBudget.class)).isEmpty();
    }

    private static Map<String, Quantity> quota(Cell cell) {
        return one(cell, Map.of(), ResourceQuota.class).orElseThrow().getSpec().getHard();
    }

    private static Deployment web(Cell cell, Map<String, Integer> instances) {
        return all(cell, instances, Deployment.class).stream()
                .filter(found -> found.getMetadata().getName().equals("web"))
                .findFirst()
                .orElseThrow();
    }

    private static <T extends HasMetadata> Optional<T> one(Cell cell, Map<String, Integer> instances, Class<T> kind) {
        return all(cell, instances, kind).stream().findFirst();
    }

    private static <T extends HasMetadata> List<T> all(Cell cell, Map<String, Integer> instances, Class<T> kind) {
        return DesiredObjects.of(cell, Examples.given(instances), Examples.SETTINGS).all().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
