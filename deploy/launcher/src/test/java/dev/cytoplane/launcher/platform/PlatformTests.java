package dev.cytoplane.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.home.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTests {

    @TempDir
    private Path folder;

    private Home home() {
        return new Home(folder.resolve("home"));
    }

    private Platform choose(Map<PortName, Integer> wanted, Optional<String> otlp) {
        return Platform.choose(home(), wanted, otlp, new Random());
    }

    @Test
    void choosesEveryPortOnceAndKeepsIt() {
        Platform first = choose(Map.of(), Optional.empty());
        Platform again = choose(Map.of(), Optional.empty());

        assertThat(again).isEqualTo(first);
        assertThat(new HashSet<>(first.ports().values())).hasSize(PortName.values().length);
    }

    @Test
    void changesOnlyThePortThatIsAskedFor() {
        Platform first = choose(Map.of(), Optional.empty());

        Platform changed = choose(Map.of(PortName.API, 31_999), Optional.empty());

        assertThat(changed.port(PortName.API)).isEqualTo(31_999);
        assertThat(changed.port(PortName.KEYCLOAK)).isEqualTo(first.port(PortName.KEYCLOAK));
        assertThat(Platform.read(home())).contains(changed);
    }

    @Test
    void keepsTheReceiverOfTelemetryUntilThereIsNone() {
        choose(Map.of(), Optional.of("http://127.0.0.1:4318"));

        assertThat(choose(Map.of(), Optional.empty()).otlpEndpoint()).contains("http://127.0.0.1:4318");
        assertThat(choose(Map.of(), Optional.of("none")).otlpEndpoint()).isEmpty();
    }

    @Test
    void saysWhichFlagHelpsWhenAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Platform platform = choose(Map.of(PortName.API, taken.getLocalPort()), Optional.empty());

            assertThatThrownBy(() -> platform.requireFree(PortName.API))
                    .isInstanceOf(Failure.class)
                    .extracting(failure -> ((Failure) failure).advice())
                    .asString()
                    .contains("--api-port");
        }
    }

    @Test
    void generatesPasswordsOnceAndKeepsThemPrivate() throws IOException {
        Credentials credentials = new Credentials(home(), new SecureRandom());
        String password = credentials.get(Credentials.Name.ADMIN_PASSWORD);

        assertThat(password).matches("([a-z2-9]{4}-){3}[a-z2-9]{4}");
        assertThat(new Credentials(home(), new SecureRandom()).get(Credentials.Name.ADMIN_PASSWORD))
                .isEqualTo(password);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home().file("credentials"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home().root())))
                .isEqualTo("rwx------");
    }
}
