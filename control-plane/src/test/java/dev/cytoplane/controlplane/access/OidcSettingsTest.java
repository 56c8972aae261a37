package dev.cytoplane.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OidcSettingsTest {

    @Test
    void withoutAnAuthorityJavasOwnAreBelieved() {
        assertThat(bound("").sslContext()).isNull();
        assertThat(bound(" ").certificateAuthority()).isNull();
    }

    @Test
    void whatIsNoCertificateIsRefusedWithTheSettingsName() {
        assertThatThrownBy(() -> bound("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----"))
                .hasMessageContaining("cytoplane.oidc")
                .hasStackTraceContaining("certificate-authority holds no PEM certificates that can be read");
        assertThatThrownBy(() -> bound("classpath:ca.pem"))
                .hasMessageContaining("cytoplane.oidc")
                .hasStackTraceContaining("certificate-authority is no PEM certificates");
    }

    private static OidcSettings bound(String authority) {
        var source = new MapConfigurationPropertySource(Map.of(
                "cytoplane.oidc.issuer", "https://issuer.test", "cytoplane.oidc.certificate-authority", authority));
        return new Binder(source).bind("cytoplane.oidc", OidcSettings.class).get();
    }
}
