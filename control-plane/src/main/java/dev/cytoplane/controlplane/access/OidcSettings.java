package dev.cytoplane.controlplane.access;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens count.
 *
 * @param issuer the {@code iss} that a token must carry, exactly
 * @param audience the {@code aud} that a token must name: one made for another service is not taken
 * @param jwksUri where the issuer's keys are; by default where Keycloak publishes them
 */
@Validated
@ConfigurationProperties("cytoplane.oidc")
public record OidcSettings(
        @NotBlank String issuer,
        @DefaultValue("cytoplane-api") String audience,
        @Nullable URI jwksUri) {

    String keys() {
        return jwksUri != null ? jwksUri.toString() : issuer + "/protocol/openid-connect/certs";
    }
}
