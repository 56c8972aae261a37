package dev.cytoplane.endtoend.cell;

import dev.cytoplane.endtoend.platform.Json;
import dev.cytoplane.endtoend.platform.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the owner of the machine can see of the cells' gateways: their configuration, and the cells' certificates. */
final class CellGateways {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path file;
    private final JsonNode configuration;

    private CellGateways(Path file) throws IOException {
        this.file = file;
        this.configuration = Json.read(Files.readString(file));
    }

    static CellGateways of(Platform platform) {
        try (Stream<Path> files = Files.find(
                platform.home().resolve("data-plane"), 6, (path, _) -> path.endsWith("configuration.json"))) {
            return new CellGateways(files.findFirst().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode cell(String name) {
        for (JsonNode cell : configuration.path("cells")) {
            if (cell.path("cell").asString().equals(name)) {
                return cell;
            }
        }
        throw new AssertionError("The gateway has no cell " + name);
    }

    /** Where other cells come in. The name is the cell's own, so that its certificate can be checked. */
    String westbound(String cell) {
        return "https://%s:%d"
                .formatted(
                        cell(cell).path("host").asString(),
                        cell(cell).path("westboundPort").asInt());
    }

    String outbound(String cell) {
        return "http://127.0.0.1:" + cell(cell).path("outboundPort").asInt();
    }

    /** A client that trusts the platform's roots and shows the certificate of a cell, or none. */
    HttpClient client(@Nullable String cell) {
        try {
            KeyStore trusted = empty();
            int number = 0;
            for (Certificate root : certificates(
                    file.resolveSibling(configuration.path("trustBundleFile").asString()))) {
                trusted.setCertificateEntry("root" + number++, root);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore own = empty();
            if (cell != null) {
                own.setKeyEntry(
                        "cell",
                        key(file.resolveSibling(cell(cell).path("keyFile").asString())),
                        PASSWORD,
                        certificates(file.resolveSibling(
                                cell(cell).path("certificateFile").asString())));
            }
            keys.init(own, PASSWORD);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .sslContext(tls)
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(Path pem) throws GeneralSecurityException, IOException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)))
                .toArray(Certificate[]::new);
    }

    private static PrivateKey key(Path pem) throws GeneralSecurityException, IOException {
        String text = Files.readString(pem, StandardCharsets.US_ASCII)
                .replaceAll("-----[A-Z ]+-----", "")
                .replaceAll("\\s", "");
        var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        } catch (GeneralSecurityException e) {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        }
    }
}
