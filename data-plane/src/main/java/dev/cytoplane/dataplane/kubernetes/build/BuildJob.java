package dev.cytoplane.dataplane.kubernetes.build;

import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.dataplane.kubernetes.desired.Fence;
import dev.cytoplane.dataplane.kubernetes.desired.Restricted;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;

/**
 * The Job of one attempt of a build, and its Secret. It is made suspended: it begins when its Secret, which belongs to it, is
 * there. Pure.
 */
final class BuildJob {

    static final Map<String, String> LABELS = Map.of(
            "app.kubernetes.io/managed-by", "cytoplane-builds",
            "app.kubernetes.io/name", "cytoplane-build");

    static final String CONTAINER = "build";

    /** For a pod to be scheduled and its images to be pulled; the time itself is watched in the pod. */
    private static final long START_SECONDS = 300;

    private static final int KEPT_SECONDS = 600;
    private static final long GRACE_SECONDS = 2;
    /** For the program that builds beside what it starts. */
    private static final long OWN_MEMORY = 192L << 20;
    /** For the archives beside what is built. */
    private static final long OWN_DISK = 256L << 20;

    private BuildJob() {}

    static String name(BuildOrder order) {
        return "build-" + order.build() + "-" + order.attempt();
    }

    static Job job(BuildOrder order, BuildCluster builds) {
        return new JobBuilder()
                .withMetadata(BuildNamespace.meta(name(order), builds))
                .withNewSpec()
                .withSuspend(true)
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(order.seconds() + START_SECONDS)
                .withTtlSecondsAfterFinished(KEPT_SECONDS)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(Restricted.pod())
                .withImagePullSecrets(
                        builds.cluster().pullSecret() == null
                                ? List.of()
                                : List.of(new LocalObjectReference(BuildNamespace.PULL_SECRET)))
                .withInitContainers(fence(builds))
                .withContainers(container(order, builds))
                .withVolumes(
                        new VolumeBuilder()
                                .withName("order")
                                .withNewSecret()
                                .withSecretName(name(order))
                                .withDefaultMode(0440)
                                .endSecret()
                                .build(),
                        scratch("build", order.disk() + OWN_DISK),
                        scratch("cache", order.disk()),
                        scratch("tmp", 64L << 20))
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** The quota asks for a limit of each container. */
    private static Container fence(BuildCluster builds) {
        return new ContainerBuilder(Fence.container(builds.cluster()))
                .editResources()
                .addToLimits("cpu", new Quantity("1"))
                .endResources()
                .build();
    }

    private static Container container(BuildOrder order, BuildCluster builds) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(builds.image())
                .withCommand(
                        "java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "-Xss512k",
                        "-cp",
                        "/app/lib/*:/app/classes",
                        "dev.cytoplane.builder.pod.BuildPod")
                .addNewEnv()
                .withName("CYTOPLANE_BUILD_LINK")
                .withValue(builds.link()
                        .resolve("/link/v1/builds/" + order.build())
                        .toString())
                .endEnv()
                .withResources(resources(order, builds))
                .withSecurityContext(Restricted.container())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withVolumeMounts(
                        Restricted.mount("order", "/order"),
                        Restricted.mount("build", "/build"),
                        Restricted.mount("cache", "/cache"),
                        Restricted.mount("tmp", "/tmp"))
                .build();
    }

    private static ResourceRequirements resources(BuildOrder order, BuildCluster builds) {
        Quantity memory = bytes(order.memory() + OWN_MEMORY);
        return new ResourceRequirementsBuilder()
                .withRequests(
                        Map.of("cpu", new Quantity("250m"), "memory", memory, "ephemeral-storage", bytes(64 << 20)))
                .withLimits(Map.of(
                        "cpu",
                        new Quantity(Integer.toString(builds.processors())),
                        "memory",
                        memory,
                        "ephemeral-storage",
                        bytes(2 * (order.disk() + OWN_DISK))))
                .build();
    }

    private static Quantity bytes(long count) {
        return new Quantity(Long.toString(count));
    }

    private static Volume scratch(String name, long most) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(bytes(most))
                .endEmptyDir()
                .build();
    }

    /** @param roots PEM certificates of the platform */
    static Secret secret(BuildOrder order, Job owner, String roots, BuildCluster builds) {
        return new SecretBuilder()
                .withMetadata(BuildNamespace.meta(name(order), builds))
                .editMetadata()
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName(owner.getMetadata().getName())
                        .withUid(owner.getMetadata().getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withData(Map.of(
                        "token", BuildNamespace.encode(order.token()),
                        "roots.pem", BuildNamespace.encode(roots)))
                .build();
    }
}
