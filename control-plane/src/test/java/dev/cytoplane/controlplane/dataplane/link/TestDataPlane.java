package dev.cytoplane.controlplane.dataplane.link;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.hybrid.PredefinedHybridParameters;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.Enrolment;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.api.Client;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** The other end of the link, as plain as it can be: real keys, real TLS, and no runtime behind it. */
public final class TestDataPlane {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI link;
    private final String root;
    private final String runtime;
    private final KeyPair agent = key();
    private final KeyPair authority = key();
    private final KeysetHandle sealing = sealingKey();
    private HttpClient http;

    private TestDataPlane(int port, String root, String runtime) {
        this.link = URI.create("https://localhost:" + port);
        this.root = root;
        this.runtime = runtime;
        this.http = client(null);
    }

    /** Knows the control plane, and nobody knows it. */
    public static TestDataPlane stranger(int port, String trustBundle) {
        return new TestDataPlane(port, trustBundle, "local");
    }

    /** Registered by an admin, and joined. */
    public static TestDataPlane joined(Client admin, int port, String trustBundle, String name) {
        return joined(admin, port, trustBundle, name, "local");
    }

    /** The same with a runtime of choice. */
    public static TestDataPlane joined(Client admin, int port, String trustBundle, String name, String runtime) {
        TestDataPlane dataPlane = new TestDataPlane(port, trustBundle, runtime);
        String token = admin.post("/api/v1/data-planes", "{\"name\": \"%s\"}".formatted(name))
                .text("/joinToken");
        HttpResponse<String> answer = dataPlane.join(token);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return dataPlane;
    }

    public HttpResponse<String> join(String token) {
        return join(new Enrolment.Request(token, request(agent), request(authority), publicKey(), runtime));
    }

    public HttpResponse<String> join(Enrolment.Request request) {
        HttpResponse<String> answer = send("POST", "/link/v1/enrolments", ContractJson.canonical(request));
        if (answer.statusCode() == 200) {
            accept(answer);
        }
        return answer;
    }

    public HttpResponse<String> renew() {
        HttpResponse<String> answer = send(
                "POST",
                "/link/v1/certificates",
                ContractJson.canonical(new Enrolment.Renewal(request(agent), request(authority))));
        if (answer.statusCode() == 200) {
            accept(answer);
        }
        return answer;
    }

    private void accept(HttpResponse<String> answer) {
        http = client(ContractJson.MAPPER
                .readValue(answer.body(), Enrolment.Response.class)
                .agentCertificate());
    }

    public HttpResponse<String> report(CellStatus status) {
        return send("PUT", "/link/v1/cells/" + status.cell() + "/status", ContractJson.canonical(status));
    }

    public HttpResponse<String> send(String method, String path, byte @Nullable [] body) {
        return send(method, path, body, Map.of());
    }

    public HttpResponse<String> send(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(link.resolve(path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The events of one watch, as they come; closing it cuts the link. */
    public record Watch(Stream<String> stream, Iterator<String> lines) implements AutoCloseable {

        public LinkEvent next() {
            return ContractJson.MAPPER.readValue(lines.next(), LinkEvent.class);
        }

        /** The next event of a kind; what comes before it is passed over. Heartbeats come, so this has an end. */
        public <T extends LinkEvent> T next(Class<T> type) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            LinkEvent event = next();
            while (!type.isInstance(event)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("No %s came, at last %s".formatted(type.getSimpleName(), event));
                }
                event = next();
            }
            return type.cast(event);
        }

        /** The next cell that is as wanted; what comes before it is passed over. */
        public Cell nextCell(Predicate<Cell> wanted) {
            Cell cell = next(LinkEvent.CellChanged.class).cell();
            while (!wanted.test(cell)) {
                cell = next(LinkEvent.CellChanged.class).cell();
            }
            return cell;
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    public Watch watch(@Nullable Long revision) {
        String query = revision == null ? "" : "?revision=" + revision;
        try {
            HttpResponse<Stream<String>> answer = client().send(
                            HttpRequest.newBuilder(link.resolve("/link/v1/cells" + query))
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("The watch was answered with " + answer.statusCode());
            }
            return new Watch(answer.body(), answer.body().iterator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpClient client() {
        return http;
    }

    URI address(String path) {
        return link.resolve(path);
    }

    /** What a secret of a cell is, for the one who has the key. */
    public String open(Cell cell, String component, Cell.SealedSecret secret) {
        try {
            HybridDecrypt decrypt = sealing.getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
            String context = cell.metadata().name() + "/" + component + "/" + secret.variable();
            return new String(
                    decrypt.decrypt(
                            Base64.getDecoder().decode(secret.ciphertext()), context.getBytes(StandardCharsets.UTF_8)),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String agentRequest() {
        return request(agent);
    }

    String authorityRequest() {
        return request(authority);
    }

    String publicKey() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(sealing.getPublicKeysetHandle());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpClient client(@Nullable String certificate) {
        try {
            KeyStore trusted = empty();
            trusted.setCertificateEntry("root", certificates(root).getFirst());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore own = empty();
            if (certificate != null) {
                own.setKeyEntry(
                        "agent",
                        agent.getPrivate(),
                        new char[0],
                        certificates(certificate).toArray(Certificate[]::new));
            }
            keys.init(own, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(context)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return List.copyOf(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))));
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeysetHandle sealingKey() {
        try {
            HybridConfig.register();
            KeysetHandle handle =
                    KeysetHandle.generateNew(PredefinedHybridParameters.ECIES_P256_HKDF_HMAC_SHA256_AES128_GCM);
            // As a data plane would have it after a restart.
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get()),
                    InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String request(KeyPair key) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=any"), key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
