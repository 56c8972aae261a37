package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** 401 with the challenge of RFC 6750, which names where to learn how to sign in (RFC 9728). */
@Component
class Unauthenticated implements AuthenticationEntryPoint {

    private static final Logger LOG = LoggerFactory.getLogger(Unauthenticated.class);

    private final ProblemWriter writer;
    private final PlatformSettings platform;

    Unauthenticated(ProblemWriter writer, PlatformSettings platform) {
        this.writer = writer;
        this.platform = platform;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof AuthenticationServiceException) {
            LOG.warn("A token could not be checked", failure);
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            writer.write(
                    response,
                    Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "identity-provider-unavailable",
                            "The token cannot be checked just now. Try again in a moment."));
            return;
        }
        boolean presented = failure instanceof OAuth2AuthenticationException;
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer %sresource_metadata=\"%s/.well-known/oauth-protected-resource\""
                        .formatted(presented ? "error=\"invalid_token\", " : "", platform.publicUrl()));
        writer.write(
                response,
                Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "unauthenticated",
                        presented
                                ? "The token is not valid, or not any more. Sign in again."
                                : "Sign in, and send the token as Authorization: Bearer."));
    }
}
