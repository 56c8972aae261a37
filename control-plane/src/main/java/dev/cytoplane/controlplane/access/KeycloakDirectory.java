package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.problem.Problem;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.ClientsResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** {@link Directory} on Keycloak's admin client. The client is made at its first use: it is slow to load. */
@Component
class KeycloakDirectory implements Directory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeycloakDirectory.class);

    private final KeycloakSettings settings;
    private final OidcSettings oidc;
    private @Nullable Keycloak keycloak;

    KeycloakDirectory(KeycloakSettings settings, OidcSettings oidc) {
        this.settings = settings;
        this.oidc = oidc;
    }

    @Override
    public Optional<String> subjectOf(String username) {
        return ask(realm -> realm.users().searchByUsername(username, true).stream()
                .findFirst()
                .map(user -> user.getId()));
    }

    @Override
    public Client createServiceAccount(String clientId, String description) {
        return ask(realm -> {
            ClientsResource clients = realm.clients();
            String id = clients.findByClientId(clientId).stream()
                    .findFirst()
                    .map(ClientRepresentation::getId)
                    .orElseGet(() -> create(clients, representation(clientId, description)));
            var client = clients.get(id);
            return new Client(
                    clientId,
                    client.generateNewSecret().getValue(),
                    client.getServiceAccountUser().getId());
        });
    }

    private static String create(ClientsResource clients, ClientRepresentation client) {
        try (Response answer = clients.create(client)) {
            return CreatedResponseUtil.getCreatedId(answer);
        }
    }

    private ClientRepresentation representation(String clientId, String description) {
        var audience = new ProtocolMapperRepresentation();
        audience.setName(oidc.audience());
        audience.setProtocol("openid-connect");
        audience.setProtocolMapper("oidc-audience-mapper");
        audience.setConfig(Map.of(
                "included.custom.audience", oidc.audience(),
                "access.token.claim", "true",
                "id.token.claim", "false"));
        var client = new ClientRepresentation();
        client.setClientId(clientId);
        client.setDescription(description);
        client.setProtocol("openid-connect");
        client.setPublicClient(false);
        client.setServiceAccountsEnabled(true);
        client.setStandardFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setFullScopeAllowed(false);
        client.setProtocolMappers(List.of(audience));
        return client;
    }

    @Override
    public void deleteServiceAccount(String clientId) {
        ask(realm -> {
            realm.clients()
                    .findByClientId(clientId)
                    .forEach(client -> realm.clients().get(client.getId()).remove());
            return true;
        });
    }

    private <T> T ask(Function<RealmResource, T> question) {
        if (settings.url() == null || settings.clientSecret() == null) {
            throw Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "identity-provider-unavailable",
                    "The control plane is not told how to reach Keycloak: set cytoplane.keycloak.url and client-secret.");
        }
        try {
            return question.apply(client().realm(settings.realm()));
        } catch (ProcessingException | ClientErrorException e) {
            LOG.warn("Keycloak did not answer as expected", e);
            throw Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "identity-provider-unavailable",
                    "The identity provider did not answer. Try again in a moment.");
        }
    }

    private synchronized Keycloak client() {
        if (keycloak == null) {
            keycloak = KeycloakBuilder.builder()
                    .serverUrl(settings.url())
                    .realm(settings.realm())
                    .grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                    .clientId(settings.clientId())
                    .clientSecret(settings.clientSecret())
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
