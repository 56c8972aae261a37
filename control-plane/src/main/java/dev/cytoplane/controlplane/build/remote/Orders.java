package dev.cytoplane.controlplane.build.remote;

import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.contracts.build.BuildReport;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.dataplane.Connected;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What is wanted of which data plane now, and what each can build with. Each is told all of its own again and again. */
@Component
class Orders {

    /** Three reports that did not come. */
    private static final Duration FRESH = Duration.ofSeconds(20);

    private final Connected connected;
    private final Clock clock;
    private final Map<UUID, Order> orders = new HashMap<>();
    private final Map<String, Offer> offers = new HashMap<>();

    Orders(Connected connected, Clock clock) {
        this.connected = connected;
        this.clock = clock;
    }

    /** What a data plane can build with. */
    record Offer(String dataPlane, BuildReport report, Instant at) {}

    /** The one of those that can build now that has the most room. */
    synchronized Optional<Offer> best() {
        Instant oldest = clock.instant().minus(FRESH);
        return offers.values().stream()
                .filter(offer -> offer.at().isAfter(oldest) && connected.isConnected(offer.dataPlane()))
                .min(Comparator.comparingLong(
                        offer -> of(offer.dataPlane()).size() - offer.report().concurrency()));
    }

    /** False while its data plane has no room. */
    boolean place(Order order) {
        synchronized (this) {
            Offer offer = offers.get(order.dataPlane());
            if (offer == null || of(order.dataPlane()).size() >= offer.report().concurrency()) {
                return false;
            }
            orders.put(order.build(), order);
        }
        tell(order.dataPlane());
        return true;
    }

    /** Its Job goes. */
    void withdraw(Order order) {
        synchronized (this) {
            orders.remove(order.build(), order);
        }
        tell(order.dataPlane());
    }

    /** The order of a build for whoever shows its token. */
    synchronized Optional<Order> open(UUID build, @Nullable String token) {
        return Optional.ofNullable(orders.get(build)).filter(order -> order.isOpenedBy(token));
    }

    void report(String dataPlane, BuildReport report) {
        List<Order> known;
        synchronized (this) {
            offers.put(dataPlane, new Offer(dataPlane, report, clock.instant()));
            known = of(dataPlane);
        }
        for (BuildReport.Seen seen : report.builds()) {
            known.stream().filter(same(seen)).forEach(order -> order.hear(new News.Seen(seen)));
        }
    }

    private static Predicate<Order> same(BuildReport.Seen seen) {
        return order -> order.build().equals(seen.build()) && order.attempt() == seen.attempt();
    }

    @Scheduled(fixedDelay = 2_000)
    void tell() {
        List<String> builders;
        synchronized (this) {
            builders = List.copyOf(offers.keySet());
        }
        builders.forEach(this::tell);
    }

    private void tell(String dataPlane) {
        List<BuildOrder> wanted = new ArrayList<>();
        synchronized (this) {
            of(dataPlane).forEach(order -> wanted.add(order.told()));
        }
        connected.tell(dataPlane, new LinkEvent.BuildsWanted(wanted));
    }

    private List<Order> of(String dataPlane) {
        return orders.values().stream()
                .filter(order -> order.dataPlane().equals(dataPlane))
                .toList();
    }
}
