package dev.cytoplane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.gateway.testing.Caller;
import dev.cytoplane.gateway.testing.TestCell;
import dev.cytoplane.gateway.testing.TestUpstream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The gateway as the process it is, with the flags that are advised for it. */
class ProcessTest extends WithGateway {
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-XX:MaxDirectMemorySize=32m",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=48m");

    private Process launch(String... further) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of(further));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CellGateway.class.getName()));
        command.addAll(List.of(folder.arguments()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("log").toFile())
                .start();
        closing(() -> {
            process.destroyForcibly();
            process.waitFor();
        });
        return process;
    }

    @Test
    void aThirdPartyThatTheSystemTrustsIsReachedOverTls() throws Exception {
        TestUpstream third = closing(new TestUpstream("third", authority.issueForHost("localhost")));
        TestCell shop = cell("shop")
                .callsExternal("key-1", "https://localhost:" + third.port() + "/v2")
                .callsExternal("key-2", "https://127.0.0.1:" + third.port() + "/v2");
        Path store = root.resolve("trust.p12");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", authority.root());
        try (OutputStream out = Files.newOutputStream(store)) {
            trusted.store(out, "changeit".toCharArray());
        }
        long generation = folder.write(shop);

        launch("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=changeit");
        folder.applied(generation);

        Caller caller = Caller.of(shop.outboundPort(), "localhost");
        assertThat(caller.get("/key-1/charges").status()).isEqualTo(200);
        assertThat(third.last().uri()).isEqualTo("/v2/charges");
        assertThat(caller.get("/key-2/charges").status())
                .as("trusted, but for another host name")
                .isEqualTo(502);
    }

    @Test
    void killedAndWithoutItsFolderItComesBackAndEndsCleanly() throws Exception {
        TestUpstream web = upstream("web");
        TestCell shop = cell("shop").publishes("/", web.address());
        long generation = folder.write(shop);
        Process first = launch();
        folder.applied(generation);
        first.destroyForcibly().waitFor();
        try (Stream<Path> files = Files.list(folder.directory())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        Process second = launch();
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> Caller.of(folder.httpPort(), shop.host()).get("/").status() == 200);

        second.destroy();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(143);
        assertThat(Files.getPosixFilePermissions(folder.state().resolve("last-good.json")))
                .hasSize(2);
    }
}
