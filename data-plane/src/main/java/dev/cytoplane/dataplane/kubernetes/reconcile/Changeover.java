package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Gates.Kind;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayServices;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.desired.Place;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which gateways a cell has now, on its way to the one that it is to have: that one is made beside the other; once it serves
 * the cell, the cell's Service leads to it; and when nobody can have the old address any more, the other one goes. Where it
 * stands, the cell's Service says, so a data plane that begins anew goes on from there.
 */
final class Changeover {

    private static final Logger log = LoggerFactory.getLogger(Changeover.class);

    /** Longer than anybody keeps what a name led to: half a minute in the cluster's name servers, and as long in Java. */
    static final Duration GRACE = Duration.ofSeconds(90);

    /** Until every node leads an address to a pod that is ready. */
    private static final Duration SPREAD = Duration.ofSeconds(5);

    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Kind wanted;
    private final Clock clock;

    Changeover(Kind wanted, Clock clock) {
        this.wanted = wanted;
        this.clock = clock;
    }

    Gates of(Cell.Metadata cell, Live live, GatewayReports reports) {
        Optional<Service> door = live.named(Service.class, Names.GATEWAY);
        Map<String, Place> places =
                live.environment().filter(Changeover::stays).isPresent() ? GatewaySeen.places(live) : Map.of();
        Optional<Secret> files = live.named(Secret.class, Names.GATEWAY_CONFIGURATION);
        Gates gates = of(
                wanted,
                door,
                places,
                kind -> GatewaySeen.of(kind, cell, files, live, reports).serves()
                        && isKnownToNodes(kind, cell, live, clock.instant()),
                clock.instant());
        if (door.map(GatewayServices::leads)
                .filter(leads -> leads != gates.leads())
                .isPresent()) {
            log.info(
                    "The cell {} is led to {} now",
                    cell.name(),
                    gates.leads() == Kind.OWN ? "a gateway of its own" : "the gateway of its environment");
        }
        return gates;
    }

    /** Name servers tell an address before the nodes lead it anywhere: its Service and a pod have to have been there for a while. */
    private static boolean isKnownToNodes(Kind kind, Cell.Metadata cell, Live live, Instant now) {
        String service = kind == Kind.OWN ? Names.OWN_DOOR : Names.inEnvironment(cell.name());
        Stream<Pod> pods = kind == Kind.OWN ? live.all(Pod.class) : live.shared(Pod.class);
        return live.named(Service.class, service)
                        .map(it -> it.getMetadata().getCreationTimestamp())
                        .filter(since -> isSpread(since, now))
                        .isPresent()
                && GatewaySeen.pods(pods).stream()
                        .flatMap(pod -> Health.ready(pod).stream())
                        .anyMatch(ready -> isSpread(ready.getLastTransitionTime(), now));
    }

    private static boolean isSpread(String since, Instant now) {
        return Instant.parse(since).plus(SPREAD).isBefore(now);
    }

    private static boolean stays(Namespace namespace) {
        return namespace.getMetadata().getDeletionTimestamp() == null;
    }

    /**
     * A pure function.
     *
     * @param door the cell's Service as it is; empty before it was made
     * @param serves whether a gateway serves the cell as it is now
     */
    static Gates of(
            Kind wanted, Optional<Service> door, Map<String, Place> places, Predicate<Kind> serves, Instant now) {
        Kind leads = door.map(GatewayServices::leads).orElse(wanted);
        Optional<Instant> changed =
                door.flatMap(GatewayServices::changed).filter(instant -> now.isBefore(instant.plus(GRACE)));
        if (leads != wanted && serves.test(wanted)) {
            changed = Optional.of(now);
            leads = wanted;
        }
        boolean both = leads != wanted || changed.isPresent();
        return new Gates(
                wanted == Kind.OWN || both, wanted == Kind.ENVIRONMENT || both, leads, places, changed.orElse(null));
    }

    /** How long until both gateways need not be there any more, or until the new one may be what callers are led to. */
    Optional<Duration> left(Gates gates) {
        if (gates.leads() != wanted) {
            return Optional.of(AGAIN);
        }
        return Optional.ofNullable(gates.changed())
                .map(changed ->
                        Duration.between(clock.instant(), changed.plus(GRACE)).plusSeconds(1));
    }
}
