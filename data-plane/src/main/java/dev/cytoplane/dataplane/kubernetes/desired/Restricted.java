package dev.cytoplane.dataplane.kubernetes.desired;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;

/** What every pod of a cell has in common: the restricted pod security standard, and a root that cannot be written. */
public final class Restricted {

    private static final long USER = 65532;

    private Restricted() {}

    public static PodSecurityContext pod() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    public static SecurityContext container() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    /** A folder that may be written, and is gone with the pod. */
    static Volume scratch(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withEmptyDir(new EmptyDirVolumeSourceBuilder().build())
                .build();
    }

    public static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    /**
     * The same as a request and as a limit for memory, so that a node never promises what it does not have; processor time
     * is asked for and not limited.
     */
    static ResourceRequirements resources(long memoryBytes, int cpuMillis) {
        Quantity memory = new Quantity(Long.toString(memoryBytes));
        return new ResourceRequirementsBuilder()
                .withRequests(Map.of("memory", memory, "cpu", cpu(cpuMillis)))
                .withLimits(Map.of("memory", memory))
                .build();
    }

    /** As the API server writes it. */
    private static Quantity cpu(int millis) {
        return millis % 1000 == 0 ? new Quantity(Integer.toString(millis / 1000)) : new Quantity(millis + "m");
    }

    static List<EnvVar> variables(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> new EnvVarBuilder()
                        .withName(entry.getKey())
                        .withValue(entry.getValue())
                        .build())
                .toList();
    }
}
