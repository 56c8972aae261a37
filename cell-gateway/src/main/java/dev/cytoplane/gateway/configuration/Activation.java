package dev.cytoplane.gateway.configuration;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Shut;
import dev.cytoplane.gateway.identity.TlsContexts;
import dev.cytoplane.gateway.listener.Listeners;
import dev.cytoplane.gateway.signal.Signals;
import dev.cytoplane.gateway.snapshot.InForce;
import dev.cytoplane.gateway.snapshot.InvalidConfiguration;
import dev.cytoplane.gateway.snapshot.Snapshot;
import dev.cytoplane.gateway.snapshot.SnapshotCompiler;
import dev.cytoplane.gateway.upstream.Clients;
import java.time.Duration;
import java.util.List;

/** Puts a configuration in force: compile, swap, open new ports, close old ones. Used by one thread. */
public final class Activation {
    /** A request that no instance has begun to answer by then has reached it for certain. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final InForce inForce;
    private final Listeners listeners;
    private final Clients clients;
    private final TlsContexts tls;
    private final Signals signals;

    public Activation(InForce inForce, Listeners listeners, Clients clients, TlsContexts tls, Signals signals) {
        this.inForce = inForce;
        this.listeners = listeners;
        this.clients = clients;
        this.tls = tls;
        this.signals = signals;
    }

    /**
     * Swaps first, so that a port never opens before what it serves is in force. Returns when no request is about to
     * reach an instance that only the old snapshot knows: after that, such an instance may be stopped.
     *
     * @return the listeners that could not be opened; everything else is in force
     * @throws InvalidConfiguration when nothing was changed
     */
    List<Shut> apply(Source source) throws InvalidConfiguration {
        Snapshot next = SnapshotCompiler.compile(source.configuration(), source.files());
        signals.exportTo(next.telemetry());
        InForce.Leaving old = inForce.replace(next);
        List<Shut> shut = listeners.open(next);
        listeners.closeOthers(next);
        tls.retain(next.identities());
        clients.retain(next.identities());
        old.await(PATIENCE);
        return shut;
    }

    /** Tries the ports again that could not be opened. */
    List<Shut> openAgain() {
        return listeners.open(inForce.get());
    }
}
