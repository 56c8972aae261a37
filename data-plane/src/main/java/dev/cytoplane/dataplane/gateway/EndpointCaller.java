package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.LinkEvent;

/** Calls a public endpoint of a cell on somebody's behalf. */
@FunctionalInterface
public interface EndpointCaller {

    /** Returns within 15 seconds, whatever happens. */
    EndpointCall.Outcome call(LinkEvent.CallWanted wanted) throws InterruptedException;
}
