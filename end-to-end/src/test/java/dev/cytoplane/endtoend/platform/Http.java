package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** HTTP as a client of the platform sends it. Names under localhost are found; only the platform's CA is trusted. */
public final class Http {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client;

    private Http(HttpClient client) {
        this.client = client;
    }

    /** Without TLS. */
    public static Http plain() {
        return new Http(builder().build());
    }

    /** @param authority PEM of the root that server certificates have to come from */
    public static Http trusting(Path authority) {
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            int number = 0;
            for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                roots.setCertificateEntry("root-" + number++, root);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return new Http(builder().sslContext(context).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
    }

    public Answer get(String url) {
        return get(url, Map.of());
    }

    public Answer get(String url, Map<String, String> headers) {
        return send("GET", url, new byte[0], headers);
    }

    /** @param body empty for none */
    public Answer send(String method, String url, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(LIMIT)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return send(request.build());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + url + ": " + e, e);
        }
    }

    public Answer send(HttpRequest request) throws IOException {
        try {
            return new Answer(request.method() + " " + request.uri(), client.send(request, BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** For streams and for many requests at once. */
    public HttpClient client() {
        return client;
    }
}
