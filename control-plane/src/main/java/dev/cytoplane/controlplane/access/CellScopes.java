package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The scopes that endpoints of cells ask for, as client scopes of the identity provider: a client that calls cells can
 * only ask for what is known there.
 */
@Component
public class CellScopes {

    private static final Logger LOG = LoggerFactory.getLogger(CellScopes.class);

    /** The attribute of clients that call cells. */
    private static final String CALLS_CELLS = "cytoplane.cells";

    private final KeycloakRealm keycloak;
    private final String audience;

    CellScopes(KeycloakRealm keycloak, @Value("${cytoplane.cells.audience:cytoplane-cells}") String audience) {
        this.keycloak = keycloak;
        this.audience = audience;
    }

    /**
     * Makes those that are missing, and lets each client that calls cells ask for them. Repeating it changes nothing.
     *
     * @throws Problem 503 when Keycloak does not answer
     */
    public void ensure(Set<String> scopes) {
        if (scopes.isEmpty()) {
            return;
        }
        if (!keycloak.configured()) {
            LOG.debug("No Keycloak is configured: make the client scopes {} by hand", scopes);
            return;
        }
        keycloak.ask(realm -> {
            var known = realm.clientScopes().findAll();
            List<ClientRepresentation> callers = realm.clients().findAll().stream()
                    .filter(CellScopes::callsCells)
                    .toList();
            for (String scope : scopes) {
                String id = known.stream()
                        .filter(it -> it.getName().equals(scope))
                        .findFirst()
                        .map(ClientScopeRepresentation::getId)
                        .orElseGet(() -> create(realm, scope));
                for (ClientRepresentation caller : callers) {
                    if (!hasScope(caller, scope)) {
                        realm.clients().get(caller.getId()).addOptionalClientScope(id);
                        LOG.info("The client {} may ask for {}", caller.getClientId(), scope);
                    }
                }
            }
            return true;
        });
    }

    /** One that is a default scope of the client is in all its tokens already. */
    private static boolean hasScope(ClientRepresentation client, String scope) {
        return (client.getOptionalClientScopes() != null
                        && client.getOptionalClientScopes().contains(scope))
                || (client.getDefaultClientScopes() != null
                        && client.getDefaultClientScopes().contains(scope));
    }

    private static boolean callsCells(ClientRepresentation client) {
        return client.getAttributes() != null
                && "true".equals(client.getAttributes().get(CALLS_CELLS));
    }

    private String create(RealmResource realm, String name) {
        var scope = new ClientScopeRepresentation();
        scope.setName(name);
        scope.setProtocol("openid-connect");
        scope.setDescription("Asked for by an endpoint of a cell");
        scope.setAttributes(Map.of("include.in.token.scope", "true", "display.on.consent.screen", "true"));
        scope.setProtocolMappers(List.of(KeycloakRealm.audience(audience)));
        try (Response answer = realm.clientScopes().create(scope)) {
            return CreatedResponseUtil.getCreatedId(answer);
        }
    }
}
