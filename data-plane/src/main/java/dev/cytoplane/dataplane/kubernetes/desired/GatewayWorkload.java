package dev.cytoplane.dataplane.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpecBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A gateway. Its configuration reaches it as files, so a change of it starts nothing anew. */
final class GatewayWorkload {

    /** Where the gateway is in its image. */
    static final String CLASS_PATH = "/app/lib/*:/app/classes";

    static final long MEMORY = 256L << 20;
    /** Of one that has the routes of many cells. */
    static final long SHARED_MEMORY = 320L << 20;

    private static final int CPU_MILLIS = 100;
    private static final String CONFIGURATION = "/cytoplane/configuration";
    private static final String STATE = "/cytoplane/state";

    private GatewayWorkload() {}

    static Deployment deployment(GatewayHome home, ClusterSettings settings) {
        DeploymentSpec spec = new DeploymentSpecBuilder()
                .withReplicas(settings.gatewayReplicas())
                .withRevisionHistoryLimit(2)
                .withProgressDeadlineSeconds(120)
                .withNewSelector()
                .withMatchLabels(Labels.gateway())
                .endSelector()
                .withStrategy(Guarded.replacement())
                .build();
        PodSpec pod = Guarded.pod(Names.GATEWAY, 40L, settings)
                .withTopologySpreadConstraints(spread(settings))
                .withVolumes(
                        new VolumeBuilder()
                                .withName("configuration")
                                .withNewSecret()
                                .withSecretName(Names.GATEWAY_CONFIGURATION)
                                .withDefaultMode(0440)
                                .endSecret()
                                .build(),
                        Restricted.scratch("state"),
                        Restricted.scratch("tmp"))
                .build();
        pod.setContainers(List.of(container(home, settings)));
        ObjectMeta pods = new ObjectMetaBuilder().withLabels(home.pod()).build();
        return Guarded.deployment(home.meta(Names.GATEWAY), spec, pods, pod);
    }

    /** Not on one node, where there are several with room. */
    private static List<TopologySpreadConstraint> spread(ClusterSettings settings) {
        return settings.gatewayReplicas() < 2
                ? List.of()
                : List.of(new TopologySpreadConstraintBuilder()
                        .withMaxSkew(1)
                        .withTopologyKey("kubernetes.io/hostname")
                        .withWhenUnsatisfiable("ScheduleAnyway")
                        .withNewLabelSelector()
                        .withMatchLabels(Labels.gateway())
                        .endLabelSelector()
                        .build());
    }

    /** For more than one pod: a node that is emptied takes one at a time. */
    static Optional<PodDisruptionBudget> budget(GatewayHome home, ClusterSettings settings) {
        return settings.gatewayReplicas() < 2
                ? Optional.empty()
                : Optional.of(new PodDisruptionBudgetBuilder()
                        .withMetadata(home.meta(Names.GATEWAY))
                        .withNewSpec()
                        .withMaxUnavailable(new IntOrString(1))
                        .withNewSelector()
                        .withMatchLabels(Labels.gateway())
                        .endSelector()
                        .endSpec()
                        .build());
    }

    private static Container container(GatewayHome home, ClusterSettings settings) {
        List<String> command = new ArrayList<>(List.of(
                // The flags under which the gateway's own tests run.
                "java",
                "-XX:+UseSerialGC",
                home.shared() ? "-Xmx128m" : "-Xmx64m",
                "-XX:MaxDirectMemorySize=32m",
                "-Xss512k",
                "-XX:+UseCompactObjectHeaders",
                "-XX:ReservedCodeCacheSize=48m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                CLASS_PATH,
                "dev.cytoplane.gateway.CellGateway",
                "--cytoplane.gateway.directory=" + CONFIGURATION,
                "--cytoplane.gateway.applied=" + STATE + "/applied.json",
                "--cytoplane.gateway.state=" + STATE + "/last-good",
                "--cytoplane.gateway.outbound-address=0.0.0.0",
                // No policy holds back what a pod calls at itself.
                "--cytoplane.gateway.third-parties-here=false",
                "--management.server.address=0.0.0.0",
                "--management.server.port=" + Ports.MANAGEMENT));
        if (home.shared()) {
            command.add("--cytoplane.gateway.cells-apart=true");
        }
        List<ContainerPort> ports = new ArrayList<>(List.of(port("http", Ports.HTTP), port("https", Ports.HTTPS)));
        if (!home.shared()) {
            // Else each cell has two of its own, and pods need not be replaced for them.
            ports.add(port("westbound", Ports.WESTBOUND));
            ports.add(port("outbound", Ports.OUTBOUND));
        }
        ports.add(port("management", Ports.MANAGEMENT));
        return new ContainerBuilder()
                .withName("gateway")
                .withImage(settings.gatewayImage())
                .withCommand(command)
                .withPorts(ports)
                .withStartupProbe(probe("/livez", 1, 120))
                .withReadinessProbe(probe("/readyz", 2, 2))
                .withLivenessProbe(probe("/livez", 10, 3))
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep()
                // Until every node has taken it out of its Service.
                .withSeconds(3L)
                .endSleep()
                .endPreStop()
                .endLifecycle()
                .withResources(Restricted.resources(home.shared() ? SHARED_MEMORY : MEMORY, CPU_MILLIS))
                .withSecurityContext(Restricted.container())
                .withVolumeMounts(
                        Restricted.mount("configuration", CONFIGURATION),
                        Restricted.mount("state", STATE),
                        Restricted.mount("tmp", "/tmp"))
                .build();
    }

    private static ContainerPort port(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .withProtocol("TCP")
                .build();
    }

    private static Probe probe(String path, int period, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString(Ports.MANAGEMENT))
                .endHttpGet()
                .withPeriodSeconds(period)
                .withTimeoutSeconds(2)
                .withFailureThreshold(failures)
                .build();
    }
}
