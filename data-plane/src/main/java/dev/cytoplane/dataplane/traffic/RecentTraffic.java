package dev.cytoplane.dataplane.traffic;

import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.gateway.GatewayTraffic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps what the gateway has counted at a few moments, and tells what lies between the first and the last of them. */
public final class RecentTraffic implements TrafficSource {

    private final Supplier<Optional<GatewayTraffic>> gateway;
    private final Deque<GatewayTraffic> samples = new ArrayDeque<>();

    /** @param gateway what it has written last */
    public RecentTraffic(Supplier<Optional<GatewayTraffic>> gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<CellTraffic> traffic() {
        return together(List.of(this));
    }

    /** What went through all of them, as if they were one. @param gateways the newest first */
    public static List<CellTraffic> together(List<RecentTraffic> gateways) {
        return TrafficFigures.between(
                gateways.stream().flatMap(gateway -> gateway.span().stream()).toList());
    }

    private Optional<TrafficFigures.Span> span() {
        gateway.get().ifPresent(this::take);
        return samples.isEmpty()
                ? Optional.empty()
                : Optional.of(new TrafficFigures.Span(samples.getFirst(), samples.getLast()));
    }

    private void take(GatewayTraffic sample) {
        GatewayTraffic last = samples.peekLast();
        if (last != null && !last.process().equals(sample.process())) {
            samples.clear();
        } else if (last != null && !sample.at().isAfter(last.at())) {
            return;
        }
        samples.addLast(sample);
        // The first is as old as the time that is told of, or a little older.
        while (samples.size() > 2 && !second().at().isAfter(sample.at().minus(TrafficFigures.TIME))) {
            samples.removeFirst();
        }
    }

    private GatewayTraffic second() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }
}
