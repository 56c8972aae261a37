package dev.cytoplane.dataplane;

import dev.cytoplane.dataplane.kubernetes.pod.ClusterClient;
import dev.cytoplane.dataplane.port.Ports;
import dev.cytoplane.dataplane.runtime.local.LocalRuntime;
import dev.cytoplane.dataplane.runtime.local.LocalSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** The agent of a data plane. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(DataPlaneSettings.class)
public class DataPlane {

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(DataPlane.class);
        // Every thread of the agent is a virtual or a daemon thread; the context keeps the process alive.
        application.setKeepAlive(true);
        application.run(arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Bean
    Ports ports(SecureRandom random) {
        return new Ports(random);
    }

    /** The cluster that the process runs in, or that {@code KUBECONFIG} names. */
    @Bean
    @Lazy
    KubernetesClient cluster() {
        return ClusterClient.create();
    }

    @Bean
    Agent agent(
            DataPlaneSettings settings,
            Ports ports,
            ObjectProvider<KubernetesClient> cluster,
            SecureRandom random,
            Clock clock) {
        return switch (settings.runtime()) {
            case "local" ->
                new LocalAgent(settings, localRuntime(settings, ports, random, clock), ports, random, clock);
            case "kubernetes" -> KubernetesAgent.of(settings, cluster.getObject(), random, clock);
            default ->
                throw new IllegalArgumentException("cytoplane.data-plane.runtime is " + settings.runtime()
                        + "; the runtimes are local and kubernetes");
        };
    }

    private static LocalRuntime localRuntime(
            DataPlaneSettings settings, Ports ports, SecureRandom random, Clock clock) {
        return new LocalRuntime(
                new LocalSettings(
                        settings.state().toAbsolutePath().normalize(),
                        settings.javaHomeOrOwn(),
                        nodeFolder(settings.nodeHome()),
                        settings.telemetryEndpoint()),
                ports,
                random,
                clock);
    }

    @Bean
    Management management(
            Agent agent,
            @Value("${management.address:127.0.0.1}") InetAddress address,
            @Value("${management.port:0}") int port)
            throws IOException {
        return new Management(agent, new InetSocketAddress(address, port));
    }

    /** Once everything is made: a training run for the AOT cache ends before. */
    @Bean
    ApplicationRunner begin(Agent agent, Management management) {
        return _ -> {
            agent.start();
            management.start();
        };
    }

    private static @Nullable Path nodeFolder(@Nullable Path nodeHome) {
        if (nodeHome != null) {
            return nodeHome.resolve("bin");
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("node")))
                .findFirst()
                .orElse(null);
    }
}
