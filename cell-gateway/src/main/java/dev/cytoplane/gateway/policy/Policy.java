package dev.cytoplane.gateway.policy;

import dev.cytoplane.gateway.snapshot.Snapshot.Match;

/** A rule for requests whose route is known. Runs on an event loop: never blocks. */
public interface Policy {
    Decision decide(RequestView request, Match match);
}
