package dev.cytoplane.controlplane.dataplane;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The platform's authority, and the link's certificate from it. */
@Configuration(proxyBeanMethods = false)
class LinkConfiguration {

    private static final String ALIAS = "link";
    /** Of stores that exist in memory only. */
    private static final String PASSWORD = "in-memory";

    @Bean
    Authority authority(PlatformSettings platform, Clock clock) {
        return Authority.in(
                platform.state().resolve("keys").resolve("authority.pem"),
                platform.trustDomain(),
                new SecureRandom(),
                clock);
    }

    @Bean
    LinkTls linkTls(Authority authority, PlatformSettings platform, LinkSettings link) {
        Set<String> hosts = new LinkedHashSet<>(link.hostNames());
        hosts.add("localhost");
        if (platform.linkUrl() != null && platform.linkUrl().getHost() != null) {
            hosts.add(platform.linkUrl().getHost());
        }
        hosts.removeIf(LinkConfiguration::isAddress);
        Authority.Credential credential =
                authority.server(hosts, List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));
        SslBundle bundle = SslBundle.of(
                SslStoreBundle.of(keyStore(credential, authority.root()), PASSWORD, trustStore(authority.root())),
                SslBundleKey.of(PASSWORD, ALIAS));
        return () -> bundle;
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static KeyStore keyStore(Authority.Credential credential, X509Certificate root) {
        try {
            KeyStore store = empty();
            store.setKeyEntry(ALIAS, credential.key(), PASSWORD.toCharArray(), new X509Certificate[] {
                credential.certificate(), root
            });
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The link's key cannot be stored", e);
        }
    }

    private static KeyStore trustStore(X509Certificate root) {
        try {
            KeyStore store = empty();
            store.setCertificateEntry("root", root);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The platform's root cannot be stored", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
