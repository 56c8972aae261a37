package dev.cytoplane.gateway.policy;

import java.util.concurrent.CompletionStage;

/** What a policy says to a request. */
public sealed interface Decision {
    Decision CONTINUE = new Continue(HeaderChanges.NONE);

    record Continue(HeaderChanges changes) implements Decision {}

    record Reject(Problem problem) implements Decision {}

    /** Not known yet; rare, since it costs the lane a hand-over. */
    record Later(CompletionStage<Decision> decision) implements Decision {}
}
