package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Shut;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a gateway that runs does not do what it should.
 *
 * @param passing it is about to do it
 */
record GatewayFault(String reason, String message, boolean passing) {

    private static final String REFUSED = "ConfigurationRefused";

    /** Also a gateway that has never had another configuration: it is not ready because of this. */
    boolean isRefusal() {
        return reason.equals(REFUSED);
    }

    /** @param wanted the generation of the configuration that it was given */
    static Optional<GatewayFault> of(Applied applied, long wanted) {
        if (applied.error() != null) {
            return Optional.of(new GatewayFault(
                    REFUSED,
                    "the gateway refuses generation %d of its configuration: %s"
                            .formatted(applied.generation(), applied.error()),
                    applied.generation() < wanted));
        }
        if (applied.generation() < wanted) {
            return Optional.of(new GatewayFault(
                    "NotInForce", "generation %d of its configuration is not in force yet".formatted(wanted), true));
        }
        return applied.shut().isEmpty()
                ? Optional.empty()
                : Optional.of(new GatewayFault(
                        "ListenerShut",
                        applied.shut().stream().map(Shut::reason).collect(Collectors.joining("; ")),
                        false));
    }

    /** Its Services have no address yet. */
    static GatewayFault notExposed(String missing) {
        return new GatewayFault("NotExposed", missing, false);
    }
}
