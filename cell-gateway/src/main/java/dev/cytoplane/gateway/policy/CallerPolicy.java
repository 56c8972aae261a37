package dev.cytoplane.gateway.policy;

import dev.cytoplane.gateway.snapshot.Admission;
import dev.cytoplane.gateway.snapshot.Snapshot.Match;

/** Another cell gets in only with its own identity, and only if it has declared the connection. */
public final class CallerPolicy implements Policy {

    @Override
    public Decision decide(RequestView request, Match match) {
        if (!(match.route().admission() instanceof Admission.Callers callers)) {
            return Decision.CONTINUE;
        }
        String peer = request.peer();
        if (peer == null || !callers.identities().contains(peer)) {
            return new Decision.Reject(Problems.notDeclared(peer == null ? "A caller without an identity" : peer));
        }
        return Decision.CONTINUE;
    }
}
