package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.problem.Problem;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The platform's realm, through Keycloak's admin client. The client is made at its first use: it is slow to load. */
@Component
class KeycloakRealm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeycloakRealm.class);

    private final KeycloakSettings settings;
    private final OidcSettings oidc;
    private @Nullable Keycloak keycloak;

    KeycloakRealm(KeycloakSettings settings, OidcSettings oidc) {
        this.settings = settings;
        this.oidc = oidc;
    }

    boolean configured() {
        return settings.url() != null && settings.clientSecret() != null;
    }

    /** @throws Problem 503 when Keycloak does not answer, or not as it should */
    <T> T ask(Function<RealmResource, T> question) {
        if (!configured()) {
            throw unavailable("The control plane is not told how to reach Keycloak:"
                    + " set cytoplane.keycloak.url and cytoplane.keycloak.client-secret.");
        }
        try {
            return question.apply(client().realm(settings.realm()));
        } catch (ProcessingException | WebApplicationException e) {
            LOG.warn("Keycloak did not answer as expected", e);
            throw unavailable("The identity provider did not answer. Try again in a moment.");
        }
    }

    private static Problem unavailable(String detail) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "identity-provider-unavailable", detail);
    }

    /** Puts the audience into the access tokens of whatever it is added to. */
    static ProtocolMapperRepresentation audience(String audience) {
        var mapper = new ProtocolMapperRepresentation();
        mapper.setName("audience " + audience);
        mapper.setProtocol("openid-connect");
        mapper.setProtocolMapper("oidc-audience-mapper");
        mapper.setConfig(Map.of(
                "included.custom.audience",
                audience,
                "access.token.claim",
                "true",
                "id.token.claim",
                "false",
                "introspection.token.claim",
                "true"));
        return mapper;
    }

    private synchronized Keycloak client() {
        if (keycloak == null) {
            keycloak = KeycloakBuilder.builder()
                    .serverUrl(settings.url())
                    .realm(settings.realm())
                    .grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                    .clientId(settings.clientId())
                    .clientSecret(settings.clientSecret())
                    .resteasyClient(Keycloak.getClientProvider().newRestEasyClient(null, oidc.sslContext(), false))
                    .build();
        }
        return keycloak;
    }

    @Override
    public synchronized void close() {
        if (keycloak != null) {
            keycloak.close();
        }
    }
}
