package dev.cytoplane.endtoend.kubernetes;

import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.ImageRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A data plane of the platform that runs its cells in a cluster, as an operator of the platform would set it up. */
final class KubernetesDataPlane implements AutoCloseable {

    private final String name;
    private final int httpPort;
    private final Platform platform;
    private final Cluster cluster;
    private final Path settings;
    private final Path log;
    private final @Nullable Relay relay;
    private Process process;

    private KubernetesDataPlane(
            String name, int httpPort, Platform platform, Cluster cluster, Path settings, @Nullable Relay relay)
            throws IOException {
        this.name = name;
        this.httpPort = httpPort;
        this.platform = platform;
        this.cluster = cluster;
        this.settings = settings;
        this.log = settings.resolveSibling("data-plane.log");
        this.relay = relay;
        this.process = start(platform, cluster, settings, log);
    }

    static KubernetesDataPlane start(Platform platform, Cluster cluster) {
        return start(platform, cluster, false, List.of());
    }

    /** One where builds run, too. */
    static KubernetesDataPlane startWithBuilds(Platform platform, Cluster cluster) {
        return start(platform, cluster, true, List.of());
    }

    /** One whose cells are called by those of other data planes, by ports of its node. */
    static KubernetesDataPlane startCallable(Platform platform, Cluster cluster) {
        String node = cluster.client().nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
                .filter(address -> address.getType().equals("InternalIP"))
                .findFirst()
                .orElseThrow()
                .getAddress();
        String westbound = "cytoplane.data-plane.kubernetes.westbound.";
        return start(platform, cluster, false, List.of(westbound + "service=NodePort", westbound + "address=" + node));
    }

    private static KubernetesDataPlane start(Platform platform, Cluster cluster, boolean builds, List<String> further) {
        try {
            String name = cluster.unique();
            Path folder = Repository.folder(name);
            cluster.client()
                    .load(Files.newInputStream(platform.root().resolve("deploy/chart/files/cells.cytoplane.dev.yaml")))
                    .serverSideApply();
            JsonNode invitation = platform.api()
                    .post("/data-planes", Map.of("name", name, "domain", "localhost"))
                    .expect(201)
                    .json();
            int httpPort = freePort();
            String[] more = builds
                    ? new String[] {
                        "--builder", platform.root().resolve("builder/target").toString()
                    }
                    : new String[0];
            List<String> settings = new ArrayList<>(Images.assemble(platform.root(), cluster.registry(), folder, more));
            settings.addAll(List.of(
                    "cytoplane.data-plane.state=" + folder.resolve("state"),
                    "cytoplane.data-plane.link-url=" + platform.address("link"),
                    "cytoplane.data-plane.join-token="
                            + invitation.path("joinToken").asString(),
                    "cytoplane.data-plane.ca-fingerprint="
                            + invitation.path("caFingerprint").asString(),
                    "cytoplane.data-plane.runtime=kubernetes",
                    "cytoplane.data-plane.on-shutdown=keep",
                    "cytoplane.data-plane.kubernetes.networks=10.96.0.0/16,10.220.0.0/16",
                    "cytoplane.data-plane.kubernetes.http-port=" + httpPort));
            settings.addAll(registry(cluster.registry(), folder));
            settings.addAll(further);
            Relay relay = builds ? Relay.open(cluster.hostAddress(), platform.port("link-port")) : null;
            if (relay != null) {
                settings.add("cytoplane.data-plane.builds.enabled=true");
                settings.add("cytoplane.data-plane.builds.control-plane-url=https://" + relay.address());
            }
            Path file = Files.write(folder.resolve("data-plane.properties"), settings);
            KubernetesDataPlane started = new KubernetesDataPlane(name, httpPort, platform, cluster, file, relay);
            started.awaitConnected();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitConnected() {
        Waits.until("the data plane " + name + " is connected", Waits.LONG, () -> {
            String status = platform.api()
                    .get("/data-planes/" + name)
                    .expect(200)
                    .json()
                    .path("status")
                    .asString();
            if (!status.equals("CONNECTED")) {
                throw new AssertionError(status + "\n" + log());
            }
        });
    }

    /** Ends it as a crash does; the platform knows that it is away. */
    void kill() {
        process.destroyForcibly();
        Waits.until("the data plane " + name + " is away", Waits.LONG, () -> {
            if (platform.api()
                    .get("/data-planes/" + name)
                    .expect(200)
                    .json()
                    .path("status")
                    .asString()
                    .equals("CONNECTED")) {
                throw new AssertionError("It is connected");
            }
        });
    }

    /** @param more settings besides those that it had */
    void startAgain(String... more) {
        try {
            Files.write(settings, List.of(more), StandardOpenOption.APPEND);
            process = start(platform, cluster, settings, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitConnected();
    }

    private static List<String> registry(ImageRegistry registry, Path folder) throws IOException {
        String prefix = "cytoplane.data-plane.kubernetes.";
        Path pullSecret = Files.writeString(folder.resolve("pull-secret.json"), registry.pullSecret());
        return List.of(
                prefix + "image-repository=" + registry.address() + "/platform/releases",
                prefix + "registry.username=" + registry.username(),
                prefix + "registry.password-file=" + registry.passwordFile(),
                prefix + "registry.ca-file=" + registry.authority(),
                prefix + "registry.pull-secret-file=" + pullSecret);
    }

    private static Process start(Platform platform, Cluster cluster, Path settings, Path log) throws IOException {
        Path target = platform.root().resolve("data-plane/target");
        Path kubeconfig = Files.writeString(log.resolveSibling("kubeconfig"), cluster.kubeconfig());
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        target.resolve("data-plane-0.1.0-SNAPSHOT.jar") + File.pathSeparator + target.resolve("lib")
                                + "/*",
                        "dev.cytoplane.dataplane.DataPlane",
                        "--spring.config.import=file:" + settings)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    /** The port of the public addresses that it tells; nothing listens there by itself. */
    int httpPort() {
        return httpPort;
    }

    String log() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        if (relay != null) {
            relay.close();
        }
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
