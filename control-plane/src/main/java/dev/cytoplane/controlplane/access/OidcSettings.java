package dev.cytoplane.controlplane.access;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens count.
 *
 * @param issuer the {@code iss} that a token must carry, exactly
 * @param audience the {@code aud} that a token must name: one made for another service is not taken
 * @param jwksUri where the issuer's keys are; by default where Keycloak publishes them
 * @param certificateAuthority PEM certificates that alone the issuer's certificate is checked against, here and in the gateways of
 *     cells; by default the authorities that Java knows
 */
@Validated
@ConfigurationProperties("cytoplane.oidc")
public record OidcSettings(
        @NotBlank String issuer,
        @DefaultValue("cytoplane-api") String audience,
        @Nullable URI jwksUri,
        @Nullable String certificateAuthority) {

    public OidcSettings {
        certificateAuthority = StringUtils.hasText(certificateAuthority) ? certificateAuthority : null;
        if (certificateAuthority != null) {
            // A place of theirs would mean nothing to the gateways.
            if (!PemContent.isPresentInText(certificateAuthority)) {
                throw new IllegalArgumentException(
                        "certificate-authority is no PEM certificates; it takes themselves, not where they are");
            }
            trusting(certificateAuthority);
        }
    }

    String keys() {
        return jwksUri != null ? jwksUri.toString() : publicKeys();
    }

    /** Where those find the issuer's keys who reach it as people do. */
    public String publicKeys() {
        return issuer + "/protocol/openid-connect/certs";
    }

    /** What the issuer is called with; null for Java's own. */
    @Nullable
    SSLContext sslContext() {
        return certificateAuthority == null ? null : trusting(certificateAuthority);
    }

    private static SSLContext trusting(String pem) {
        try {
            PemSslStoreDetails authority = PemSslStoreDetails.forCertificates(pem);
            return SslBundle.of(new PemSslStoreBundle(null, authority)).createSslContext();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("certificate-authority holds no PEM certificates that can be read", e);
        }
    }
}
