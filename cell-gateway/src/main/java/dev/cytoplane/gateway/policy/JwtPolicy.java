package dev.cytoplane.gateway.policy;

import dev.cytoplane.gateway.identity.Tokens;
import dev.cytoplane.gateway.identity.Verification;
import dev.cytoplane.gateway.snapshot.Admission;
import dev.cytoplane.gateway.snapshot.SecurityRules.Requirement;
import dev.cytoplane.gateway.snapshot.Snapshot.Match;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Public calls carry a token where the endpoint asks for one, with the scopes it asks for (RFC 6750). */
public final class JwtPolicy implements Policy {
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    public JwtPolicy(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Decision decide(RequestView request, Match match) {
        if (!(match.route().admission() instanceof Admission.Anyone anyone)) {
            return Decision.CONTINUE;
        }
        List<String> segments = request.target().segments();
        Requirement requirement =
                anyone.rules().requirement(request.method(), segments.subList(match.depth(), segments.size()));
        if (!requirement.token()) {
            return Decision.CONTINUE;
        }
        if (anyone.issuer() == null) {
            return new Decision.Reject(Problems.signInUnavailable());
        }
        List<String> credentials = request.headers("Authorization");
        if (credentials.isEmpty()) {
            return new Decision.Reject(Problems.tokenMissing());
        }
        String credential = credentials.getFirst();
        if (credentials.size() > 1 || !credential.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Decision.Reject(Problems.tokenRefused("Exactly one bearer token is expected."));
        }
        CompletionStage<Decision> decision = tokens.verify(
                        anyone.issuer(), credential.substring(SCHEME.length()).trim())
                .thenApply(verification -> decide(verification, requirement));
        CompletableFuture<Decision> future = decision.toCompletableFuture();
        return future.state() == java.util.concurrent.Future.State.SUCCESS
                ? future.resultNow()
                : new Decision.Later(decision);
    }

    private static Decision decide(Verification verification, Requirement requirement) {
        return switch (verification) {
            case Verification.Genuine genuine
            when genuine.scopes().containsAll(requirement.scopes()) ->
                new Decision.Continue(new HeaderChanges(Map.of(HeaderPolicy.SUBJECT, genuine.subject())));
            case Verification.Genuine _ -> new Decision.Reject(Problems.scopeMissing(requirement.scopes()));
            case Verification.Refused refused -> new Decision.Reject(Problems.tokenRefused(refused.reason()));
            case Verification.Undecidable _ -> new Decision.Reject(Problems.signInUnavailable());
        };
    }
}
