package dev.cytoplane.controlplane.access;

import java.util.Optional;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.stereotype.Component;

/** Turns a token into the caller that it stands for: one of our access tokens, or a JWT of the identity provider. */
@Component
class Tokens {

    static final String PLATFORM_ADMIN = "platform-admin";

    private final AccessTokens accessTokens;
    private final JwtDecoder jwts;

    Tokens(AccessTokens accessTokens, JwtDecoder jwts) {
        this.accessTokens = accessTokens;
        this.jwts = jwts;
    }

    /**
     * @return empty when the token is not valid
     * @throws org.springframework.security.oauth2.jwt.JwtException when the identity provider cannot be asked
     */
    Optional<Caller> authenticate(String token) {
        if (token.startsWith(AccessTokens.PREFIX)) {
            return accessTokens.authenticate(token);
        }
        try {
            return caller(jwts.decode(token));
        } catch (BadJwtException e) {
            return Optional.empty();
        }
    }

    private static Optional<Caller> caller(Jwt jwt) {
        String subject = jwt.getSubject();
        if (subject == null || subject.isBlank()) {
            return Optional.empty();
        }
        String username = jwt.getClaimAsString("preferred_username");
        boolean admin = jwt.getClaimAsMap("realm_access") instanceof java.util.Map<String, Object> realm
                && realm.get("roles") instanceof java.util.Collection<?> roles
                && roles.contains(PLATFORM_ADMIN);
        return Optional.of(new Caller(
                subject,
                username == null ? subject : username,
                admin ? Caller.PlatformAdmin.YES : Caller.PlatformAdmin.NO));
    }
}
