package dev.cytoplane.gateway.policy;

import dev.cytoplane.gateway.snapshot.Snapshot.Match;
import java.util.Set;

/** Bounds what a request may cost. A body without a declared length is counted by the lane while it passes. */
public final class SizePolicy implements Policy {
    private static final int MAX_TARGET = 8 * 1024;
    private static final int MAX_HEADERS = 128;
    private static final Set<String> REFUSED = Set.of("TRACE", "TRACK", "CONNECT");

    private final long maxBody;

    /** @param maxBody bytes */
    public SizePolicy(long maxBody) {
        this.maxBody = maxBody;
    }

    @Override
    public Decision decide(RequestView request, Match match) {
        if (REFUSED.contains(request.method())) {
            return new Decision.Reject(Problems.methodNotAllowed(request.method()));
        }
        String query = request.target().query();
        if (request.target().path().length() + (query == null ? 0 : query.length()) > MAX_TARGET) {
            return new Decision.Reject(Problems.targetTooLong(MAX_TARGET));
        }
        if (request.headerCount() > MAX_HEADERS) {
            return new Decision.Reject(Problems.headersTooLarge(MAX_HEADERS));
        }
        String length = request.header("Content-Length");
        if (length != null && exceeds(length)) {
            return new Decision.Reject(Problems.tooLarge(maxBody));
        }
        return Decision.CONTINUE;
    }

    private boolean exceeds(String length) {
        try {
            return Long.parseLong(length) > maxBody;
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
