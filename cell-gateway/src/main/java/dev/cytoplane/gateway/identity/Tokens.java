package dev.cytoplane.gateway.identity;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Verifies tokens; keeps one verifier for each issuer and one set of keys for each address of keys. */
public final class Tokens {
    private final Clock clock;
    private final HttpClient http;
    private final ConcurrentMap<TokenIssuer, TokenVerifier> verifiers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, IssuerKeys> keys = new ConcurrentHashMap<>();

    public Tokens(Clock clock) {
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Complete at once whenever the issuer's keys are at hand. */
    public CompletionStage<Verification> verify(TokenIssuer issuer, String token) {
        return verifiers.computeIfAbsent(issuer, this::verifier).verify(token);
    }

    private TokenVerifier verifier(TokenIssuer issuer) {
        IssuerKeys issuerKeys =
                keys.computeIfAbsent(issuer.jwksUri(), address -> new IssuerKeys(URI.create(address), clock, http));
        return new TokenVerifier(issuer, issuerKeys, clock);
    }
}
