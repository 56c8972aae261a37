package dev.cytoplane.gateway.lane;

import dev.cytoplane.gateway.policy.HeaderChanges;
import dev.cytoplane.gateway.policy.Problem;
import dev.cytoplane.gateway.snapshot.Route;
import dev.cytoplane.gateway.snapshot.Snapshot.Match;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The gate's word on a request. */
public sealed interface Outcome {

    /** @param path path and query at the upstream */
    record Admitted(Match match, String path, HeaderChanges changes) implements Outcome {}

    /** @param route what it would have used; null when there is no such thing */
    record Rejected(Problem problem, @Nullable Route route) implements Outcome {}

    record Later(CompletionStage<Outcome> outcome) implements Outcome {}
}
