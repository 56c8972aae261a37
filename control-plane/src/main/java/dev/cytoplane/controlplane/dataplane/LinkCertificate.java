package dev.cytoplane.controlplane.dataplane;

import dev.cytoplane.controlplane.dataplane.authority.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;

/** The link's certificate from the platform's authority: a new one, with a new key, when two thirds of its life are over. */
final class LinkCertificate implements LinkTls {

    private static final String ALIAS = "link";
    /** Of stores that exist in memory only. */
    private static final String PASSWORD = "in-memory";

    private final Authority authority;
    private final Set<String> hosts;
    private final Clock clock;
    private @Nullable SslBundle bundle;
    private Instant renewal = Instant.MIN;

    LinkCertificate(Authority authority, Set<String> hosts, Clock clock) {
        this.authority = authority;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public synchronized SslBundle bundle() {
        SslBundle current = bundle;
        if (current == null || !clock.instant().isBefore(renewal)) {
            current = issue();
            bundle = current;
        }
        return current;
    }

    private SslBundle issue() {
        Authority.Credential credential =
                authority.server(hosts, List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));
        Instant now = clock.instant();
        Duration life =
                Duration.between(now, credential.certificate().getNotAfter().toInstant());
        renewal = now.plus(life.multipliedBy(2).dividedBy(3));
        return SslBundle.of(
                SslStoreBundle.of(keyStore(credential, authority.root()), PASSWORD, trustStore(authority.root())),
                SslBundleKey.of(PASSWORD, ALIAS));
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
