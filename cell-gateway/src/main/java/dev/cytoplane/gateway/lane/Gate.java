package dev.cytoplane.gateway.lane;

import dev.cytoplane.gateway.policy.Decision;
import dev.cytoplane.gateway.policy.HeaderChanges;
import dev.cytoplane.gateway.policy.Policy;
import dev.cytoplane.gateway.policy.Problem;
import dev.cytoplane.gateway.policy.Problems;
import dev.cytoplane.gateway.policy.RequestView;
import dev.cytoplane.gateway.snapshot.CellRoutes;
import dev.cytoplane.gateway.snapshot.InForce;
import dev.cytoplane.gateway.snapshot.Snapshot;
import dev.cytoplane.gateway.snapshot.Snapshot.Match;
import org.jspecify.annotations.Nullable;

/** Finds a request's route in the snapshot in force and asks the policies. Every lane goes through it. */
public final class Gate {
    private final InForce inForce;
    private final Policy policies;

    public Gate(InForce inForce, Policy policies) {
        this.inForce = inForce;
        this.policies = policies;
    }

    /** Begins a request; {@link InForce.Visit#answered()} must follow when its answer begins, or it is over. */
    public InForce.Visit enter() {
        return inForce.enter();
    }

    public Outcome admit(InForce.Visit visit, RequestView request) {
        Snapshot snapshot = visit.snapshot();
        CellRoutes cell = cell(snapshot, request);
        if (cell == null) {
            return new Outcome.Rejected(Problems.unknownHost(request.host()), null);
        }
        Match match = switch (request.direction()) {
            case PUBLIC -> snapshot.publicRoute(cell, request.target());
            case WESTBOUND -> snapshot.westboundRoute(cell, request.target());
            case OUTBOUND -> snapshot.outboundRoute(cell, request.target());
        };
        if (match == null) {
            return new Outcome.Rejected(nothingThere(request), null);
        }
        return outcome(request, match, policies.decide(request, match));
    }

    private static @Nullable CellRoutes cell(Snapshot snapshot, RequestView request) {
        String listener = request.cell();
        return listener == null
                ? snapshot.hosts().get(request.host())
                : snapshot.cells().get(listener);
    }

    private static Problem nothingThere(RequestView request) {
        return switch (request.direction()) {
            case PUBLIC, WESTBOUND -> Problems.unknownPath();
            case OUTBOUND -> Problems.unknownConnection();
        };
    }

    private static Outcome outcome(RequestView request, Match match, Decision decision) {
        return switch (decision) {
            case Decision.Continue(HeaderChanges changes) ->
                new Outcome.Admitted(
                        match,
                        request.target()
                                .rewritten(
                                        match.depth(),
                                        match.route().destination().basePath()),
                        changes);
            case Decision.Reject(Problem problem) -> new Outcome.Rejected(problem, match.route());
            case Decision.Later(var later) ->
                new Outcome.Later(later.thenApply(known -> outcome(request, match, known)));
        };
    }
}
