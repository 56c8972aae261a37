package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentFluent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SettledTest {

    private static final Deployment DESIRED = new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("api")
            .withLabels(Map.of("label", "ours"))
            .withAnnotations(Map.of("annotation", "ours"))
            .endMetadata()
            .withNewSpec()
            .withReplicas(1)
            .endSpec()
            .build();

    private static final Deployment LIVE = new DeploymentBuilder(DESIRED)
            .editMetadata()
            .withUid("u1")
            .withGeneration(1L)
            .withResourceVersion("10")
            .addNewManagedField()
            .withManager(Labels.MANAGER)
            .withTime("2026-01-01T00:00:00Z")
            .endManagedField()
            .endMetadata()
            .build();

    private final Settled settled = new Settled(new KubernetesSerialization());

    @Test
    void comparesOnceWhatStays() {
        assertThat(compares(LIVE, DESIRED)).isTrue();
        assertThat(compares(LIVE, DESIRED)).isFalse();
    }

    @Test
    void aStatusIsNoReasonToCompare() {
        compares(LIVE, DESIRED);
        Deployment counted = new DeploymentBuilder(LIVE)
                .editMetadata()
                .withResourceVersion("11")
                .endMetadata()
                .withNewStatus()
                .withReplicas(1)
                .endStatus()
                .build();

        assertThat(compares(counted, DESIRED)).isFalse();
    }

    @Test
    void whateverSomebodyCouldChangeIsComparedAgain() {
        List<Deployment> changed = List.of(
                edited().withGeneration(2L).endMetadata().build(),
                edited().withUid("u2").endMetadata().build(),
                edited().withLabels(Map.of("label", "theirs")).endMetadata().build(),
                edited().withLabels(Map.of()).endMetadata().build(),
                edited().withAnnotations(Map.of("annotation", "theirs"))
                        .endMetadata()
                        .build(),
                edited().withAnnotations(Map.of()).endMetadata().build(),
                edited().addNewOwnerReference()
                        .withName("other")
                        .endOwnerReference()
                        .endMetadata()
                        .build(),
                edited().editFirstManagedField()
                        .withTime("2026-01-02T00:00:00Z")
                        .endManagedField()
                        .endMetadata()
                        .build(),
                edited().withManagedFields(List.of()).endMetadata().build());

        for (Deployment live : changed) {
            compares(LIVE, DESIRED);
            assertThat(compares(live, DESIRED)).as("%s", live.getMetadata()).isTrue();
        }
    }

    @Test
    void whatWasAppliedNeedsNoComparisonUntilSomebodyChangesIt() {
        settled.applied(LIVE, DESIRED);

        assertThat(compares(LIVE, DESIRED)).isFalse();
        assertThat(compares(edited().withGeneration(2L).endMetadata().build(), DESIRED))
                .isTrue();
    }

    @Test
    void whatOthersWriteBesideItIsNoReasonToCompare() {
        compares(LIVE, DESIRED);
        Deployment counted = edited().addToLabels("label-of-theirs", "x")
                .addToAnnotations("deployment.kubernetes.io/revision", "1")
                .endMetadata()
                .build();

        assertThat(compares(counted, DESIRED)).isFalse();
    }

    @Test
    void anotherWishIsComparedAgain() {
        compares(LIVE, DESIRED);
        Deployment wish = new DeploymentBuilder(DESIRED)
                .editSpec()
                .withReplicas(2)
                .endSpec()
                .build();

        assertThat(compares(LIVE, wish)).isTrue();
    }

    @Test
    void whatHasNoGenerationIsComparedWithEachVersionButAQuotaOnlyWithItsLimits() {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .withResourceVersion("1")
                .endMetadata()
                .build();
        ConfigMap later = new ConfigMapBuilder(map)
                .editMetadata()
                .withResourceVersion("2")
                .endMetadata()
                .build();
        assertThat(compares(map, map)).isTrue();
        assertThat(compares(later, map)).isTrue();

        ResourceQuota quota = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("quota")
                .withResourceVersion("1")
                .endMetadata()
                .withNewSpec()
                .withScopes("Terminating")
                .endSpec()
                .build();
        ResourceQuota counted = new ResourceQuotaBuilder(quota)
                .editMetadata()
                .withResourceVersion("2")
                .endMetadata()
                .build();
        ResourceQuota loosened = new ResourceQuotaBuilder(counted)
                .editSpec()
                .withScopes("BestEffort")
                .endSpec()
                .build();
        assertThat(compares(quota, quota)).isTrue();
        assertThat(compares(counted, quota)).isFalse();
        assertThat(compares(loosened, quota)).isTrue();
    }

    @Test
    void whatDiffersOrIsNotAskedForAnyMoreIsNotRemembered() {
        assertThat(settled.is(LIVE, DESIRED, () -> false)).isFalse();
        assertThat(compares(LIVE, DESIRED)).isTrue();

        settled.retain(List.of());

        assertThat(compares(LIVE, DESIRED)).isTrue();
    }

    private static DeploymentFluent<DeploymentBuilder>.MetadataNested<DeploymentBuilder> edited() {
        return new DeploymentBuilder(LIVE).editMetadata();
    }

    private boolean compares(HasMetadata live, HasMetadata desired) {
        AtomicBoolean asked = new AtomicBoolean();
        assertThat(settled.is(live, desired, () -> {
                    asked.set(true);
                    return true;
                }))
                .isTrue();
        return asked.get();
    }
}
