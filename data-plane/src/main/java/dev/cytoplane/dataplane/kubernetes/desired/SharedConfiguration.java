package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.CellGateway;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OtherCell;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an environment's gateway: each cell's part, at ports of its own that it keeps, and calls between cells
 * that it serves by the pod's loopback, still with both certificates. A pure function of the parts and of what was before.
 *
 * @param places by cell
 */
public record SharedConfiguration(GatewayConfiguration configuration, SortedMap<String, Place> places) {

    /** Below those that connections begin from. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_767;

    /** What a Secret has room for, with some to spare. */
    private static final long MOST_BYTES = 900_000;

    private static final String NO_ROOM =
            "its environment's gateway has no room for it: all parts together are larger than a Secret may be";

    /**
     * A cell's part.
     *
     * @param address of its content
     * @param bytes how much room it takes, its certificate included
     */
    public record Part(CellGateway gateway, String address, long bytes) {
        String cell() {
            return gateway.cell();
        }
    }

    /**
     * @param parts of the cells that are to be served
     * @param frame what does not depend on cells
     * @param before what was; null when nothing was
     */
    static SharedConfiguration of(
            List<Part> parts,
            GatewayConfiguration frame,
            @Nullable GatewayConfiguration before,
            Map<String, Place> places,
            ClusterSettings settings) {
        List<Part> ordered = parts.stream()
                // Who has a place keeps it.
                .sorted(Comparator.comparing(
                                (Part part) -> kept(places, part.cell()).isEmpty())
                        .thenComparing(Part::cell))
                .toList();
        Set<Integer> taken = new HashSet<>();
        ordered.stream().flatMap(part -> kept(places, part.cell()).stream()).forEach(place -> {
            taken.add(place.westboundPort());
            taken.add(place.outboundPort());
        });
        Map<String, Place> given = new TreeMap<>();
        List<Part> served = new ArrayList<>();
        SortedMap<String, Place> next = new TreeMap<>();
        long room = MOST_BYTES;
        for (Part part : ordered) {
            room -= part.bytes();
            if (room < 0) {
                room += part.bytes();
                next.put(part.cell(), new Place(0, part.address(), 0, 0, NO_ROOM));
                continue;
            }
            Optional<Place> known = kept(places, part.cell());
            int westbound = known.map(Place::westboundPort).orElseGet(() -> free(taken));
            int outbound = known.map(Place::outboundPort).orElseGet(() -> free(taken));
            given.put(part.cell(), new Place(0, part.address(), westbound, outbound, null));
            served.add(part);
        }
        List<CellGateway> cells = served.stream()
                .sorted(Comparator.comparing(Part::cell))
                .map(part -> placed(part.gateway(), given, settings))
                .toList();
        long generation = before == null ? 1 : before.generation();
        GatewayConfiguration same = with(frame, generation, cells);
        GatewayConfiguration configuration =
                before == null || same.equals(before) ? same : with(frame, generation + 1, cells);
        Map<String, CellGateway> cellsBefore = new TreeMap<>();
        if (before != null) {
            before.cells().forEach(cell -> cellsBefore.put(cell.cell(), cell));
        }
        configuration.cells().forEach(cell -> {
            Place place = Objects.requireNonNull(given.get(cell.cell()));
            long since = kept(places, cell.cell())
                    .filter(_ -> cell.equals(cellsBefore.get(cell.cell())))
                    .map(Place::generation)
                    .orElse(configuration.generation());
            next.put(cell.cell(), new Place(since, place.part(), place.westboundPort(), place.outboundPort(), null));
        });
        return new SharedConfiguration(configuration, next);
    }

    private static Optional<Place> kept(Map<String, Place> places, String cell) {
        return Optional.ofNullable(places.get(cell)).filter(place -> place.westboundPort() > 0);
    }

    private static int free(Set<Integer> taken) {
        for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
            if (taken.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free for another cell");
    }

    private static GatewayConfiguration with(GatewayConfiguration frame, long generation, List<CellGateway> cells) {
        return new GatewayConfiguration(generation, frame.entry(), frame.trustBundleFile(), frame.telemetry(), cells);
    }

    private static CellGateway placed(CellGateway cell, Map<String, Place> given, ClusterSettings settings) {
        Place place = Objects.requireNonNull(given.get(cell.cell()));
        return new CellGateway(
                cell.cell(),
                cell.version(),
                cell.identity(),
                cell.host(),
                certificateFile(cell.cell()),
                keyFile(cell.cell()),
                place.westboundPort(),
                place.outboundPort(),
                cell.tokenIssuer(),
                cell.publicRoutes(),
                cell.westboundRoutes(),
                cell.outboundRoutes().stream()
                        .map(route -> new OutboundRoute(
                                route.key(),
                                route.component(),
                                route.connection(),
                                placed(route.target(), given, settings)))
                        .toList());
    }

    private static OutboundTarget placed(OutboundTarget target, Map<String, Place> given, ClusterSettings settings) {
        OtherCell other = target.otherCell();
        Place place = other == null ? null : given.get(other.cell());
        return other == null
                        || place == null
                        || !GatewayAddress.inside(other.cell(), settings).equals(other.address())
                ? target
                : new OutboundTarget(
                        target.inside(),
                        new OtherCell(
                                other.cell(),
                                "127.0.0.1:" + place.westboundPort(),
                                other.identity(),
                                other.serverName(),
                                other.path()),
                        target.external());
    }

    static String certificateFile(String cell) {
        return Names.inEnvironment(cell) + ".pem";
    }

    static String keyFile(String cell) {
        return Names.inEnvironment(cell) + ".key";
    }
}
