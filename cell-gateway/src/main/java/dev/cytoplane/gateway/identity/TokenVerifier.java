package dev.cytoplane.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.TokenIssuer;
import dev.cytoplane.gateway.identity.IssuerKeys.Keys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Verifies access tokens of one issuer (RFC 7519, RFC 8725, RFC 9068): signature by a published key with an asymmetric
 * algorithm, issuer, audience, expiry, not-before. A token once verified is remembered until it expires or the
 * issuer's keys change. When keys cannot be had nothing is believed.
 */
final class TokenVerifier {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int MAX_LENGTH = 16 * 1024;
    private static final int CACHE_SIZE = 10_000;

    private record Remembered(Verification.Genuine token, List<JWK> keys) {}

    private final TokenIssuer issuer;
    private final IssuerKeys issuerKeys;
    private final Clock clock;
    private final TokenCache<Remembered> cache = new TokenCache<>(CACHE_SIZE);

    TokenVerifier(TokenIssuer issuer, IssuerKeys issuerKeys, Clock clock) {
        this.issuer = issuer;
        this.issuerKeys = issuerKeys;
        this.clock = clock;
    }

    /** Complete at once whenever the keys are at hand. */
    CompletionStage<Verification> verify(String token) {
        if (token.length() > MAX_LENGTH) {
            return refused("The token is too long.");
        }
        Keys keys = issuerKeys.current();
        String hash = hash(token);
        Remembered remembered = keys == null ? null : cache.get(hash);
        if (remembered != null && keys != null && remembered.keys().equals(keys.signing())) {
            return CompletableFuture.completedFuture(stillGenuine(remembered.token()));
        }
        SignedJWT jwt;
        try {
            jwt = SignedJWT.parse(token);
        } catch (ParseException e) {
            return refused("The token is not a signed JWT.");
        }
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
            return refused("The token's algorithm is not accepted.");
        }
        if (keys == null) {
            return issuerKeys
                    .fetch()
                    .thenApply(fetched -> fetched == null ? new Verification.Undecidable() : check(jwt, hash, fetched));
        }
        if (candidates(jwt.getHeader(), keys).isEmpty()) {
            return issuerKeys.fetch().thenApply(fetched -> check(jwt, hash, fetched == null ? keys : fetched));
        }
        return CompletableFuture.completedFuture(check(jwt, hash, keys));
    }

    private Verification stillGenuine(Verification.Genuine token) {
        return clock.instant().isBefore(token.expiresAt().plus(SKEW))
                ? token
                : new Verification.Refused("The token has expired.");
    }

    private Verification check(SignedJWT jwt, String hash, Keys keys) {
        try {
            List<JWK> candidates = candidates(jwt.getHeader(), keys);
            if (candidates.isEmpty()) {
                return new Verification.Refused("The token's key is not one of the issuer's.");
            }
            if (!signedByOneOf(jwt, candidates)) {
                return new Verification.Refused("The token's signature is wrong.");
            }
            Verification verification = claims(jwt.getJWTClaimsSet());
            if (verification instanceof Verification.Genuine genuine) {
                cache.put(hash, new Remembered(genuine, keys.signing()));
            }
            return verification;
        } catch (ParseException e) {
            return new Verification.Refused("The token's claims cannot be read.");
        }
    }

    /** Keys by id; without an id only when the issuer has just one key that fits. */
    private static List<JWK> candidates(JWSHeader header, Keys keys) {
        String id = header.getKeyID();
        List<JWK> named = id == null ? keys.signing() : keys.withId(id);
        List<JWK> fitting = named.stream()
                .filter(key -> key.getAlgorithm() == null
                        || key.getAlgorithm()
                                .getName()
                                .equals(header.getAlgorithm().getName()))
                .filter(key -> JWSAlgorithm.Family.EC.contains(header.getAlgorithm())
                        ? key instanceof ECKey
                        : key instanceof RSAKey)
                .toList();
        return id == null && fitting.size() > 1 ? List.of() : fitting;
    }

    private static boolean signedByOneOf(SignedJWT jwt, List<JWK> candidates) {
        for (JWK key : candidates) {
            try {
                if (jwt.verify(verifier(key))) {
                    return true;
                }
            } catch (JOSEException e) {
                // A key that cannot verify this token is no proof against it; the next may.
                continue;
            }
        }
        return false;
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa.toRSAPublicKey());
            case ECKey ec -> new ECDSAVerifier(ec.toECPublicKey());
            default -> throw new JOSEException("not a kind of key that is accepted");
        };
    }

    private Verification claims(JWTClaimsSet claims) throws ParseException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        if (!issuer.issuer().equals(claims.getIssuer())) {
            return new Verification.Refused("The token is from another issuer.");
        }
        if (claims.getAudience().stream().noneMatch(issuer.audiences()::contains)) {
            return new Verification.Refused("The token is for another audience.");
        }
        if (expires == null) {
            return new Verification.Refused("The token never expires.");
        }
        if (!now.isBefore(expires.toInstant().plus(SKEW))) {
            return new Verification.Refused("The token has expired.");
        }
        if (notBefore != null && now.isBefore(notBefore.toInstant().minus(SKEW))) {
            return new Verification.Refused("The token is not valid yet.");
        }
        String subject = claims.getSubject();
        if (subject == null || !isHeaderSafe(subject)) {
            return new Verification.Refused("The token has no subject.");
        }
        return new Verification.Genuine(subject, scopes(claims), expires.toInstant());
    }

    /** The subject becomes a header of the request. */
    private static boolean isHeaderSafe(String subject) {
        return !subject.isBlank() && subject.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static Set<String> scopes(JWTClaimsSet claims) {
        Object claim = claims.getClaim("scope");
        if (claim == null) {
            claim = claims.getClaim("scp");
        }
        Set<String> scopes = new HashSet<>();
        if (claim instanceof String text) {
            for (String scope : text.split(" ", -1)) {
                if (!scope.isEmpty()) {
                    scopes.add(scope);
                }
            }
        } else if (claim instanceof Collection<?> list) {
            list.forEach(scope -> scopes.add(String.valueOf(scope)));
        }
        return Set.copyOf(scopes);
    }

    private static CompletionStage<Verification> refused(String reason) {
        return CompletableFuture.completedFuture(new Verification.Refused(reason));
    }

    private static String hash(String token) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
