package dev.cytoplane.dataplane.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the data plane sees of a cell, written whole each time.
 *
 * @param observedGeneration the generation of the spec that this speaks of
 * @param namespace where the cell's objects are
 * @param conditions {@value #READY}, {@value #GATEWAY_READY} and {@value #APPLIED}
 * @param gateway where its gateway is reached; null in a status of before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CellResourceStatus(
        long observedGeneration,
        String namespace,
        List<Condition> conditions,
        List<ComponentStatus> components,
        @Nullable GatewayStatus gateway) {

    /** The type of the condition that everything of the cell runs. */
    public static final String READY = "Ready";

    /** The type of the condition that its gateway does. */
    public static final String GATEWAY_READY = "GatewayReady";

    /** The type of the condition that the cluster has taken everything that the cell asks for. */
    public static final String APPLIED = "Applied";

    /** @param phase as in the platform's own status: PROGRESSING, READY, FAILED, DEGRADED */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ComponentStatus(
            String name,
            String phase,
            String message,
            String desiredRelease,
            @Nullable String servingRelease,
            int replicas,
            int readyReplicas,
            @Nullable AutoscalingStatus autoscaling) {}

    /**
     * Of a component that is scaled by load.
     *
     * @param active whether its load is known and counts
     * @param instances pods that there are, ready or not
     * @param wanted those that are wanted now
     * @param message one sentence: why so many
     */
    public record AutoscalingStatus(boolean active, int instances, int wanted, String message) {}

    /**
     * @param publicUrls its front door, as scheme, host and port; without paths
     * @param westboundAddress host:port for cells of other data planes; null where none can reach it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GatewayStatus(
            List<String> publicUrls, @Nullable String westboundAddress) {}
}
