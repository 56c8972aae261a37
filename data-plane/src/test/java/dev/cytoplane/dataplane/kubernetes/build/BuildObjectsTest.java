package dev.cytoplane.dataplane.kubernetes.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.Exposure;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.BuildsSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BuildObjectsTest {

    static final ClusterSettings CLUSTER = new ClusterSettings(
            "cluster.local",
            ClusterSettings.KUBE_DNS,
            List.of("10.210.0.0/16", "10.96.0.0/16"),
            "registry.test/gateway:1",
            "test.example",
            null,
            null,
            List.of(),
            Exposure.NONE,
            Exposure.NONE,
            null,
            1,
            Gates.Kind.OWN);

    static final BuildOrder ORDER = new BuildOrder(
            UUID.fromString("01a2280d-2dfc-7000-a47c-2ef5bb6b015d"), 2, "the-token", false, 600, 2L << 30, 2L << 30);

    private static final URI LINK = URI.create("https://192.0.2.7:8443");

    @Test
    void aPodIsNobodyWithLimitsOnAllThatItUses() {
        Job job = BuildJob.job(ORDER, builds());
        PodSpec pod = job.getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().getFirst();

        assertThat(job.getMetadata().getName()).isEqualTo("build-01a2280d-2dfc-7000-a47c-2ef5bb6b015d-2");
        assertThat(job.getSpec().getSuspend()).isTrue();
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(900);
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isPositive();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getInitContainers())
                .singleElement()
                .satisfies(fence -> assertThat(fence.getName()).isEqualTo("fence"));
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory", "ephemeral-storage");
        assertThat(Quantity.getAmountInBytes(
                                container.getResources().getLimits().get("memory"))
                        .longValue())
                .isBetween(2L << 30, (2L << 30) + (256L << 20));
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getEmptyDir() != null)
                .hasSize(3)
                .allSatisfy(volume ->
                        assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull());
    }

    @Test
    void theTokenIsInTheSecretOfTheJobAndNowhereElse() {
        Job job = new JobBuilder(BuildJob.job(ORDER, builds()))
                .editMetadata()
                .withUid("some-uid")
                .endMetadata()
                .build();
        Secret secret = BuildJob.secret(ORDER, job, "roots", builds());

        assertThat(Serialization.asYaml(job)).doesNotContain("the-token");
        assertThat(secret.getData()).containsOnlyKeys("token", "roots.pem");
        assertThat(secret.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("some-uid"));
        assertThat(ORDER.toString()).doesNotContain("the-token");
    }

    @Test
    void nothingComesInAndWhatGoesOutIsNamed() {
        List<HasMetadata> objects = BuildNamespace.of(builds("0.0.0.0/0", "10.210.7.0/24"));
        List<NetworkPolicy> policies = objects.stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .toList();

        assertThat(objects.getFirst().getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        assertThat(policies).hasSize(2).allSatisfy(policy -> {
            assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
            assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress()).isEmpty();
        });
        assertThat(policies.getFirst().getSpec().getEgress()).isEmpty();
        assertThat(policies.getLast().getSpec().getEgress())
                .flatExtracting(rule -> rule.getTo())
                .extracting(peer -> peer.getIpBlock())
                .filteredOn(block -> block != null)
                .extracting(IPBlock::getCidr, IPBlock::getExcept)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("192.0.2.7/32", List.of()),
                        org.assertj.core.groups.Tuple.tuple(
                                "0.0.0.0/0", List.of("10.210.0.0/16", "10.96.0.0/16", "169.254.0.0/16")),
                        org.assertj.core.groups.Tuple.tuple("10.210.7.0/24", List.of()));
    }

    @Test
    void aLinkWithANameNeedsItsNetworksAndAToolNeedsAVersion() {
        assertThatThrownBy(() -> BuildCluster.of(settings(List.of()), URI.create("https://link.test:1"), CLUSTER))
                .hasMessageContaining("control-plane-networks");
        assertThatThrownBy(() -> BuildCluster.of(settings(List.of("node")), LINK, CLUSTER))
                .hasMessageContaining("name=version");
        assertThat(BuildCluster.of(settings(List.of("node=v22", "npm=11")), LINK, CLUSTER)
                        .tools())
                .isEqualTo(Map.of("node", "v22", "npm", "11"));
    }

    static BuildCluster builds(String... networks) {
        return new BuildCluster(
                "registry.test/build:1",
                Map.of(),
                "Linux amd64",
                "cytoplane-builds",
                2,
                2,
                LINK,
                List.of("192.0.2.7/32"),
                List.of(networks),
                CLUSTER);
    }

    private static BuildsSettings settings(List<String> tools) {
        return new BuildsSettings(
                true, "registry.test/build:1", tools, "Linux amd64", "builds", 2, 2, null, List.of(), List.of());
    }
}
