package dev.cytoplane.dataplane;

import static dev.cytoplane.dataplane.testing.TestCells.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.port.Ports;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.OnShutdown;
import dev.cytoplane.dataplane.testing.GatewayProgram;
import dev.cytoplane.dataplane.testing.MovingClock;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.dataplane.testing.TestLink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A control plane's link over mTLS, and the settings of a data plane with the real gateway and real processes. */
abstract class WithLink {

    static final String CELL = "shop.production.acme";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    final Ports ports = new Ports(new SecureRandom());
    final MovingClock clock = new MovingClock(Duration.ZERO);
    final HttpClient http = HttpClient.newHttpClient();
    TestLink link;
    DataPlaneSettings settings;

    @BeforeEach
    void openLink() throws IOException {
        link = new TestLink(clock);
        settings = settings(null);
    }

    @AfterEach
    void closeLink() {
        link.close();
        http.shutdownNow();
    }

    DataPlaneSettings settings(@Nullable String telemetryEndpoint) {
        return new DataPlaneSettings(
                folder.resolve("state"),
                link.url(),
                TestLink.TOKEN,
                link.fingerprint(),
                "local",
                null,
                null,
                new DataPlaneSettings.GatewaySettings(
                        GatewayProgram.command(), Map.of(), "127.0.0.1", ports.take(), ports.take()),
                new DataPlaneSettings.KubernetesSettings(
                        null,
                        "cluster.local",
                        List.of(),
                        null,
                        new DataPlaneSettings.RegistrySettings(null, null, null, null),
                        Map.of(),
                        null,
                        "localhost",
                        null,
                        null,
                        DataPlaneSettings.ExposureSettings.INSIDE,
                        DataPlaneSettings.ExposureSettings.INSIDE,
                        1,
                        DataPlaneSettings.GatewaySharing.NONE),
                DataPlaneSettings.BuildsSettings.NONE,
                telemetryEndpoint,
                OnShutdown.STOP,
                Duration.ofMillis(500));
    }

    TestCells.ComponentBuilder release(String component, int version) {
        String digest = link.artifact(TestCells.archive(Map.of("version.txt", Integer.toString(version))));
        return service(component).release("r-" + version, digest);
    }

    void awaitPhase(long version, Phase phase) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            CellStatus status = link.status(CELL).orElseThrow(() -> new AssertionError("no status yet"));
            assertThat(status.observedVersion()).isEqualTo(version);
            assertThat(status.components())
                    .extracting(CellStatus.Component::phase)
                    .containsOnly(phase);
        });
    }

    CellStatus.Component component(String name) {
        return link.status(CELL).orElseThrow().components().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + settings.gateway().httpPort() + path))
                        .timeout(Duration.ofSeconds(20))
                        .header(
                                "Host",
                                CELL + ".localhost:" + settings.gateway().httpPort())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String getOrNothing(String path) throws InterruptedException {
        try {
            return get(path).body();
        } catch (IOException e) {
            return "";
        }
    }

    HttpResponse<String> send(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Processes of this data plane's state folder that run a main class; other tests may run on this machine. */
    final Set<Long> running(String mainClass) {
        assumeThat(Files.isDirectory(Path.of("/proc/self"))).isTrue();
        String state = settings.state().toString();
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> has(pid, "cmdline", mainClass) && has(pid, "environ", state))
                .collect(Collectors.toSet());
    }

    private static boolean has(long pid, String file, String text) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc", Long.toString(pid), file)), StandardCharsets.UTF_8)
                    .contains(text);
        } catch (IOException e) {
            // It has ended, or is somebody else's.
            return false;
        }
    }
}
