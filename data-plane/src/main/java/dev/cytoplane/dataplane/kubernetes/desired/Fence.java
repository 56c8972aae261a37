package dev.cytoplane.dataplane.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;

/** The init container that ends when the pod's policies are in force. */
public final class Fence {

    private static final long MEMORY = 64L << 20;

    private Fence() {}

    public static Container container(ClusterSettings settings) {
        return new ContainerBuilder()
                .withName("fence")
                .withImage(settings.gatewayImage())
                .withCommand(
                        "java",
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        GatewayWorkload.CLASS_PATH,
                        "dev.cytoplane.gateway.fence.Fence")
                .withResources(Restricted.resources(MEMORY, 10))
                .withSecurityContext(Restricted.container())
                .build();
    }
}
