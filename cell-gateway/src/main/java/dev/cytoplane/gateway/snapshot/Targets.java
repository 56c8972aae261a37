package dev.cytoplane.gateway.snapshot;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The ready instances of an endpoint, taken in turn. The turn is the only thing in a snapshot that moves. */
public final class Targets {
    private final List<String> addresses;
    private final AtomicInteger turn = new AtomicInteger();

    Targets(List<String> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    public int size() {
        return addresses.size();
    }

    /** Where the next request starts to look. */
    public int nextTurn() {
        return Math.floorMod(turn.getAndIncrement(), addresses.size());
    }

    /** The address (host:port) to try in that turn, on the given attempt. */
    public String at(int turn, int attempt) {
        return addresses.get((turn + attempt) % addresses.size());
    }
}
