package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import java.util.Optional;

/** What gateways say of the configuration that they were given. */
@FunctionalInterface
public interface GatewayReports {

    /** Nobody can be asked. */
    GatewayReports NONE = _ -> Optional.empty();

    /**
     * Of the gateway in a namespace, all its pods together; empty when none says it, or none can be asked. Returns within
     * some seconds.
     */
    Optional<Applied> applied(String namespace);
}
