package dev.cytoplane.gateway.identity;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Verifies tokens; keeps one verifier for each issuer and one set of keys for each place of keys. */
public final class Tokens {
    private record Place(String address, @Nullable String certificateAuthority) {}

    private final Clock clock;
    private final HttpClient http = client().build();
    private final ConcurrentMap<TokenIssuer, TokenVerifier> verifiers = new ConcurrentHashMap<>();
    private final ConcurrentMap<Place, IssuerKeys> keys = new ConcurrentHashMap<>();

    public Tokens(Clock clock) {
        this.clock = clock;
    }

    /** Complete at once whenever the issuer's keys are at hand. */
    public CompletionStage<Verification> verify(TokenIssuer issuer, String token) {
        return verifiers.computeIfAbsent(issuer, this::verifier).verify(token);
    }

    private TokenVerifier verifier(TokenIssuer issuer) {
        IssuerKeys issuerKeys = keys.computeIfAbsent(
                new Place(issuer.jwksUri(), issuer.certificateAuthority()),
                place -> new IssuerKeys(URI.create(place.address()), clock, http(place)));
        return new TokenVerifier(issuer, issuerKeys, clock);
    }

    private HttpClient http(Place place) {
        if (place.certificateAuthority() == null) {
            return http;
        }
        try {
            return client().sslContext(IssuerTrust.of(place.certificateAuthority()))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("A configuration with these certificates is refused", e);
        }
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
    }
}
