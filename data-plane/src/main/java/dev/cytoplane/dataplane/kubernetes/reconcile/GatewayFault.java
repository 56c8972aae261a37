package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Refused;
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

    /**
     * @param cell what is said of other cells is their matter
     * @param wanted the generation of the configuration that it was given
     */
    static Optional<GatewayFault> of(Applied applied, long wanted, String cell) {
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
        Optional<Refused> refused = applied.refused().stream()
                .filter(each -> each.cell().equals(cell))
                .findFirst();
        if (refused.isPresent()) {
            return Optional.of(refused("the gateway refuses the cell's part of generation %d of its configuration: %s"
                    .formatted(applied.generation(), refused.get().reason())));
        }
        String shut = applied.shut().stream()
                .filter(each -> each.cell() == null || each.cell().equals(cell))
                .map(Shut::reason)
                .collect(Collectors.joining("; "));
        return shut.isEmpty() ? Optional.empty() : Optional.of(new GatewayFault("ListenerShut", shut, false));
    }

    static GatewayFault refused(String message) {
        return new GatewayFault(REFUSED, message, false);
    }

    /** The gateway of its environment has not been told of it as it is now. */
    static GatewayFault notTaken() {
        return new GatewayFault(
                "NotInForce", "the gateway of its environment has not been told of it as it is now yet", true);
    }

    /** Its Services have no address yet. */
    static GatewayFault notExposed(String missing) {
        return new GatewayFault("NotExposed", missing, false);
    }
}
