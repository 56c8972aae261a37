package dev.cytoplane.gateway.policy;

import dev.cytoplane.gateway.snapshot.Snapshot.Match;
import java.util.List;

/** Policies one after the other; the first rejection ends it, header changes add up. */
public final class PolicyChain implements Policy {
    private final List<Policy> policies;

    public PolicyChain(List<Policy> policies) {
        this.policies = List.copyOf(policies);
    }

    @Override
    public Decision decide(RequestView request, Match match) {
        return from(0, HeaderChanges.NONE, request, match);
    }

    private Decision from(int index, HeaderChanges sofar, RequestView request, Match match) {
        HeaderChanges changes = sofar;
        for (int i = index; i < policies.size(); i++) {
            switch (policies.get(i).decide(request, match)) {
                case Decision.Continue(HeaderChanges more) -> changes = changes.and(more);
                case Decision.Reject rejection -> {
                    return rejection;
                }
                case Decision.Later(var later) -> {
                    int next = i + 1;
                    HeaderChanges known = changes;
                    return new Decision.Later(
                            later.thenCompose(decision -> resume(decision, next, known, request, match)));
                }
            }
        }
        return new Decision.Continue(changes);
    }

    private java.util.concurrent.CompletionStage<Decision> resume(
            Decision decision, int next, HeaderChanges sofar, RequestView request, Match match) {
        Decision result = switch (decision) {
            case Decision.Continue(HeaderChanges more) -> from(next, sofar.and(more), request, match);
            case Decision.Reject rejection -> rejection;
            case Decision.Later later -> later;
        };
        return result instanceof Decision.Later(var later)
                ? later
                : java.util.concurrent.CompletableFuture.completedFuture(result);
    }
}
