package dev.cytoplane.controlplane.access;

import java.util.List;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.stereotype.Component;

/** The principal of a signed-in request is its {@link Caller}. The token itself is kept nowhere. */
@Component
class BearerAuthentication implements AuthenticationManager {

    private final Tokens tokens;

    BearerAuthentication(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        String token = ((BearerTokenAuthenticationToken) presented).getToken();
        try {
            Caller caller = tokens.authenticate(token)
                    .orElseThrow(() -> new InvalidBearerTokenException("The token is not valid, or not any more"));
            return new PreAuthenticatedAuthenticationToken(caller, "", List.of());
        } catch (JwtException e) {
            throw new AuthenticationServiceException("The identity provider cannot be reached", e);
        }
    }
}
