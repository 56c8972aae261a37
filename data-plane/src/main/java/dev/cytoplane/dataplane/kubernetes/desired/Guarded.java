package dev.cytoplane.dataplane.kubernetes.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;

/** What components and gateways have in common: pods that begin behind the fence, and are replaced without a gap. */
final class Guarded {

    private Guarded() {}

    /** Containers and volumes are added to it. */
    static PodSpecBuilder pod(String serviceAccount, long gracePeriodSeconds, ClusterSettings settings) {
        return new PodSpecBuilder()
                .withServiceAccountName(serviceAccount)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(gracePeriodSeconds)
                .withImagePullSecrets(PullSecret.references(settings))
                .withSecurityContext(Restricted.pod())
                .withInitContainers(Fence.container(settings));
    }

    /** Of its parts as they are: a builder copies what it is given, at each level again. */
    static Deployment deployment(ObjectMeta meta, DeploymentSpec spec, ObjectMeta podMeta, PodSpec pod) {
        spec.setTemplate(new PodTemplateSpec(podMeta, pod));
        Deployment deployment = new Deployment();
        deployment.setMetadata(meta);
        deployment.setSpec(spec);
        return deployment;
    }

    /** The new pod is ready before the old one ends. */
    static DeploymentStrategy replacement() {
        return new DeploymentStrategyBuilder()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(0))
                .withMaxSurge(new IntOrString(1))
                .endRollingUpdate()
                .build();
    }
}
