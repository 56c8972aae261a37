package dev.cytoplane.controlplane.access;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.ClientsResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.springframework.stereotype.Component;

/** {@link Directory} on Keycloak. */
@Component
class KeycloakDirectory implements Directory {

    private final KeycloakRealm keycloak;
    private final OidcSettings oidc;

    KeycloakDirectory(KeycloakRealm keycloak, OidcSettings oidc) {
        this.keycloak = keycloak;
        this.oidc = oidc;
    }

    @Override
    public Optional<String> subjectOf(String username) {
        return keycloak.ask(realm -> {
            try {
                return realm.users().searchByUsername(username, true).stream()
                        .findFirst()
                        .map(user -> user.getId());
            } catch (BadRequestException e) {
                // Keycloak refuses to look for what no user can be called, such as control characters.
                return Optional.empty();
            }
        });
    }

    @Override
    public boolean isPlatformAdmin(String subject) {
        return keycloak.ask(realm -> {
            var user = realm.users().get(subject);
            try {
                return user.toRepresentation().isEnabled()
                        && user.roles().realmLevel().listEffective().stream()
                                .anyMatch(role -> role.getName().equals(Tokens.PLATFORM_ADMIN));
            } catch (NotFoundException e) {
                return false;
            }
        });
    }

    @Override
    public Client createServiceAccount(String clientId, String description) {
        return keycloak.ask(realm -> {
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
        var client = new ClientRepresentation();
        client.setClientId(clientId);
        client.setDescription(description);
        client.setProtocol("openid-connect");
        client.setPublicClient(false);
        client.setServiceAccountsEnabled(true);
        client.setStandardFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setFullScopeAllowed(false);
        client.setProtocolMappers(List.of(KeycloakRealm.audience(oidc.audience())));
        return client;
    }

    @Override
    public void deleteServiceAccount(String clientId) {
        keycloak.ask(realm -> {
            realm.clients()
                    .findByClientId(clientId)
                    .forEach(client -> realm.clients().get(client.getId()).remove());
            return true;
        });
    }
}
