package dev.cytoplane.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Run;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server whose certificate no public authority has signed. */
class CertificateTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private HttpsServer server;
    private Path authority;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        KeyStore keys = keys("localhost");
        authority = pem(keys);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] answer = "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itsAuthorityIsBelievedWhenTheEnvironmentNamesIt() {
        assertThat(Json.text(ask("localhost", authority), "id")).isEqualTo("1");
    }

    @Test
    void withoutItTheAdviceSaysHow() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> ask("localhost", null))
                .satisfies(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
                    assertThat(failure.advice()).contains("SSL_CERT_FILE");
                });
    }

    @Test
    void theCertificateHasToBeForTheHost() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> ask("127.0.0.1", authority))
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE));
    }

    @Test
    void aStrangersAuthorityIsNotEnough() throws IOException, GeneralSecurityException {
        Path stranger = pem(keys("stranger"));
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> ask("localhost", stranger))
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE));
    }

    @Test
    void aFileThatHoldsNoneIsNamedWithTheVariable() throws IOException {
        Path missing = folder.resolve("missing.pem");
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path other = Files.writeString(folder.resolve("other.pem"), "-----BEGIN CERTIFICATE-----\nno\n");
        for (Path file : new Path[] {missing, empty, other}) {
            assertThatExceptionOfType(Failure.class)
                    .isThrownBy(() -> ask("localhost", file))
                    .withMessageContaining("SSL_CERT_FILE is " + file)
                    .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
        }
    }

    private JsonNode ask(String host, @Nullable Path authorities) {
        Run run = Run.in(folder);
        if (authorities != null) {
            run.with("SSL_CERT_FILE", authorities.toString());
        }
        URI address = URI.create("https://" + host + ":" + server.getAddress().getPort());
        return new Api(address, TokenSource.of("a-token"), run.http()).get("/things");
    }

    /** Made by the JDK's keytool; the certificate is its own authority. */
    private KeyStore keys(String host) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(host + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        host,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=a server",
                        "-ext",
                        "san=dns:" + host,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.onExit().join().exitValue()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path pem(KeyStore keys) throws IOException, GeneralSecurityException {
        String name = keys.aliases().nextElement();
        String content =
                Base64.getMimeEncoder().encodeToString(keys.getCertificate(name).getEncoded());
        return Files.writeString(
                folder.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + content + "\n-----END CERTIFICATE-----\n");
    }
}
