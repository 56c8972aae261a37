package dev.cytoplane.gateway.listener;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Entry;
import dev.cytoplane.gateway.snapshot.CellRoutes;
import dev.cytoplane.gateway.snapshot.Snapshot;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A port that should be open. Two snapshots that want the same door keep it open, untouched. */
sealed interface Door {
    String address();

    int port();

    /** The name of the cell that it belongs to; null for what all cells share. */
    default @Nullable String owner() {
        return switch (this) {
            case PublicHttp _, PublicHttps _ -> null;
            case Westbound west -> west.cell();
            case Outbound out -> out.cell();
        };
    }

    default String words() {
        String purpose = switch (this) {
            case PublicHttp _ -> "for public HTTP";
            case PublicHttps _ -> "for public HTTPS";
            case Westbound west -> "for other cells' calls to " + west.cell();
            case Outbound out -> "for calls from " + out.cell();
        };
        return "port %d of %s, %s,".formatted(port(), address(), purpose);
    }

    /** For the public, by host name. */
    record PublicHttp(String address, int port) implements Door {}

    /** For the public, by server name. */
    record PublicHttps(String address, int port) implements Door {}

    /** For other cells. */
    record Westbound(String address, int port, String cell) implements Door {}

    /** For the cell's own components. */
    record Outbound(String address, int port, String cell) implements Door {}

    /**
     * The doors of a snapshot.
     *
     * @param outbound the address that the doors for the cells' own components bind to
     */
    static Set<Door> of(Snapshot snapshot, String outbound) {
        Set<Door> doors = new LinkedHashSet<>();
        Entry entry = snapshot.entry();
        if (entry == null) {
            return doors;
        }
        if (entry.httpPort() != null) {
            doors.add(new PublicHttp(entry.address(), entry.httpPort()));
        }
        if (entry.httpsPort() != null) {
            doors.add(new PublicHttps(entry.address(), entry.httpsPort()));
        }
        for (CellRoutes cell : snapshot.cells().values()) {
            doors.add(new Westbound(entry.address(), cell.westboundPort(), cell.name()));
            doors.add(new Outbound(outbound, cell.outboundPort(), cell.name()));
        }
        return doors;
    }
}
