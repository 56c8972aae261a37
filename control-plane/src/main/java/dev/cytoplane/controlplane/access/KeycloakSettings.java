package dev.cytoplane.controlplane.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the control plane reaches Keycloak's administration of its realm.
 *
 * @param url the base address; without it, members and service accounts cannot be added
 * @param realm the realm of the platform
 * @param clientId a service account that may manage clients and client scopes, and view users
 * @param clientSecret its secret
 */
@ConfigurationProperties("cytoplane.keycloak")
public record KeycloakSettings(
        @Nullable String url,
        @DefaultValue("cytoplane") String realm,
        @DefaultValue("cytoplane-control-plane") String clientId,
        @Nullable String clientSecret) {

    @Override
    public String toString() {
        return "KeycloakSettings[url=" + url + ", realm=" + realm + ", clientId=" + clientId + "]";
    }
}
