package dev.cytoplane.cli.api;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Java's HTTP client. */
public final class Clients {

    private Clients() {}

    /**
     * For addresses without TLS; it trusts nobody. A client that trusts whom Java trusts reads all their certificates as it
     * is made, which takes longer than a command that asks a service of this machine.
     */
    public static HttpClient plain(Duration connectTimeout) {
        try {
            SSLContext nobody = SSLContext.getInstance("TLS");
            nobody.init(new KeyManager[0], new TrustManager[0], new SecureRandom());
            return builder(connectTimeout).sslContext(nobody).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static HttpClient trusting(Duration connectTimeout) {
        return builder(connectTimeout).build();
    }

    private static HttpClient.Builder builder(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER);
    }
}
