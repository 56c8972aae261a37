package dev.cytoplane.cli.api;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Variable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Java's HTTP client. */
public final class Clients {

    private Clients() {}

    /**
     * For addresses without TLS; it trusts nobody. A client that trusts whom Java trusts reads all their certificates as it
     * is made, which takes longer than a command that asks a service of this machine.
     */
    public static HttpClient plain(Duration connectTimeout) {
        try {
            return builder(connectTimeout).sslContext(context()).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts whom Java trusts. */
    static HttpClient trusting(Duration connectTimeout) {
        return builder(connectTimeout).build();
    }

    /**
     * Trusts these authorities and no others.
     *
     * @param authorities a file of PEM certificates
     * @throws Failure when the file cannot be read, or holds none
     */
    static HttpClient trusting(Duration connectTimeout, Path authorities) {
        try (InputStream pem = Files.newInputStream(authorities)) {
            return builder(connectTimeout)
                    .sslContext(context(
                            believing(CertificateFactory.getInstance("X.509").generateCertificates(pem))))
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            String reason = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
            throw new Failure(
                    ExitCode.USAGE,
                    Variable.SSL_CERT_FILE + " is " + authorities + ", which cannot be used: " + reason + ".",
                    "Name a file of PEM certificates, or unset it to trust the authorities that Java knows.",
                    e);
        }
    }

    private static TrustManager[] believing(Collection<? extends Certificate> authorities)
            throws GeneralSecurityException, IOException {
        if (authorities.isEmpty()) {
            throw new CertificateException("it holds no PEM certificate");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static SSLContext context(TrustManager... believing) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], believing, new SecureRandom());
        return context;
    }

    private static HttpClient.Builder builder(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER);
    }
}
