package dev.cytoplane.dataplane.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys under {@code cytoplane.data-plane}.
 *
 * @param state folder for everything that must survive; one data plane each
 * @param linkUrl base URL of the control plane's link, {@code https://host:port}
 * @param joinToken one-time token; read only until the data plane has joined
 * @param caFingerprint {@code sha256:<hex>} of the control plane's root certificate (DER); without it, who has
 *     the token too is believed to be the control plane
 * @param runtime {@code local} or {@code kubernetes}
 * @param javaHome the Java that components and static servers run on; default: the agent's own
 * @param nodeHome a folder with {@code bin/node}; default: where {@code node} is on the agent's PATH
 * @param telemetryEndpoint base URL of an OTLP/HTTP receiver; without it nothing is sent
 * @param onShutdown whether a polite stop of the agent stops the cells too; a crash never does
 * @param kubernetes what the runtime of that name needs
 * @param builds whether, and how, builds run here; the runtime {@code kubernetes} only
 * @param drain how long an instance that the gateway no longer routes to is left alone before SIGTERM
 */
@ConfigurationProperties("cytoplane.data-plane")
public record DataPlaneSettings(
        Path state,
        URI linkUrl,
        @Nullable String joinToken,
        @Nullable String caFingerprint,
        @DefaultValue("local") String runtime,
        @Nullable Path javaHome,
        @Nullable Path nodeHome,
        @DefaultValue GatewaySettings gateway,
        @DefaultValue KubernetesSettings kubernetes,
        @DefaultValue BuildsSettings builds,
        @Nullable String telemetryEndpoint,
        @DefaultValue("stop") OnShutdown onShutdown,
        @DefaultValue("2s") Duration drain) {

    /**
     * How the gateway process is started, and the front door it opens.
     *
     * @param command program and arguments
     * @param environment variables for it besides the folder of its configuration
     * @param address the address that public and westbound listeners bind to
     * @param httpPort plain HTTP; none when left out
     * @param httpsPort TLS; none when left out
     */
    public record GatewaySettings(
            @DefaultValue List<String> command,
            @DefaultValue Map<String, String> environment,
            @DefaultValue("127.0.0.1") String address,
            @Nullable Integer httpPort,
            @Nullable Integer httpsPort) {}

    /**
     * The cluster that the agent runs in, or that {@code KUBECONFIG} names.
     *
     * @param namespace where the data plane itself is a Deployment: its keys are a Secret there, and of several pods the
     *     one with the Lease works; none when it runs outside, alone, and keeps its keys in the state folder
     * @param clusterDomain the domain of the cluster's Services
     * @param networks the addresses of pods, Services and nodes, in CIDR form: never a third party
     * @param imageRepository {@code host[:port]/path}: images of releases are pushed there, named by their artifact's digest
     * @param registry how that registry is reached
     * @param baseImages what images are built on, by the program that a component's command begins with, as {@code node} and
     *     {@code java}; {@code static} for what serves static sites, else {@code java}. An image of a registry, better by its
     *     digest, or {@code tar://} and a file
     * @param gatewayImage the cell gateway
     * @param publicDomain the domain under which cells of other clusters are assumed to have their host name
     * @param httpPort where the gateways' public listeners are reached from outside in clear, when something stands before
     *     their Services; else it follows from {@code frontDoor}
     * @param httpsPort the same with TLS
     * @param frontDoor how the gateways' public listeners are exposed
     * @param westbound how their listeners for cells of other data planes are
     * @param gatewayReplicas pods of each gateway
     * @param gatewaySharing whether the cells of an environment share a gateway
     */
    public record KubernetesSettings(
            @Nullable String namespace,
            @DefaultValue("cluster.local") String clusterDomain,
            @DefaultValue List<String> networks,
            @Nullable String imageRepository,
            @DefaultValue RegistrySettings registry,
            @DefaultValue Map<String, String> baseImages,
            @Nullable String gatewayImage,
            @DefaultValue("localhost") String publicDomain,
            @Nullable Integer httpPort,
            @Nullable Integer httpsPort,
            @DefaultValue ExposureSettings frontDoor,
            @DefaultValue ExposureSettings westbound,
            @DefaultValue("1") int gatewayReplicas,
            @DefaultValue("none") GatewaySharing gatewaySharing) {}

    /**
     * How a listener of each cell's gateway is reached from outside the cluster.
     *
     * @param service the type of its Service: {@code ClusterIP} is reached from inside only
     * @param annotations of that Service, each {@code name=value}; in a value {@code {host}} is the cell's host name
     * @param address for {@code westbound}: {@code host[:port]} that other data planes reach it at, with {@code {cell}} for the
     *     cell's name. {@code NodePort} needs the host, and the port is the node port when left out; {@code LoadBalancer} tells
     *     the balancer's own when left out
     */
    public record ExposureSettings(
            @DefaultValue("ClusterIP") ServiceType service,
            @DefaultValue List<String> annotations,
            @Nullable String address) {

        public static final ExposureSettings INSIDE = new ExposureSettings(ServiceType.CLUSTER_IP, List.of(), null);
    }

    /**
     * Builds as Jobs of the cluster.
     *
     * @param image the build image
     * @param tools what is in it, each {@code name=version}: {@code java}, {@code maven}, {@code node}, {@code npm}
     * @param platform operating system and processor of the image, as Java names them
     * @param namespace of the Jobs; nothing else may be in it
     * @param concurrency builds at the same time
     * @param processors that one build may use; it is promised a quarter of one
     * @param controlPlaneUrl base URL of the link, as pods reach it; the data plane's own when left out
     * @param controlPlaneNetworks the addresses of that, in CIDR form; when left out the URL has to name an address
     * @param networks what builds may call besides, in CIDR form: where registries of packages are
     */
    public record BuildsSettings(
            @DefaultValue("false") boolean enabled,
            @Nullable String image,
            @DefaultValue List<String> tools,
            @DefaultValue("Linux amd64") String platform,
            @DefaultValue("cytoplane-builds") String namespace,
            @DefaultValue("2") int concurrency,
            @DefaultValue("2") int processors,
            @Nullable URI controlPlaneUrl,
            @DefaultValue List<String> controlPlaneNetworks,
            @DefaultValue List<String> networks) {

        /** None run here. */
        public static final BuildsSettings NONE = new BuildsSettings(
                false, null, List.of(), "Linux amd64", "cytoplane-builds", 2, 2, null, List.of(), List.of());
    }

    /** Which cells share a gateway. */
    public enum GatewaySharing {
        /** Each has its own. */
        NONE,
        /** Those of the same organization and environment. */
        ENVIRONMENT
    }

    /** As Kubernetes names them. */
    public enum ServiceType {
        CLUSTER_IP,
        NODE_PORT,
        LOAD_BALANCER
    }

    /**
     * A registry is reached by TLS; without it only on this machine's loopback.
     *
     * @param username who pushes; nobody in particular when left out
     * @param passwordFile the file with this user's password; read anew for each image
     * @param caFile PEM certificates of a private authority, believed beside Java's own
     * @param pullSecretFile a {@code .dockerconfigjson} that the cluster's nodes pull with; when left out they need nothing, or
     *     know it by themselves. Read at the start
     */
    public record RegistrySettings(
            @Nullable String username,
            @Nullable Path passwordFile,
            @Nullable Path caFile,
            @Nullable Path pullSecretFile) {}

    public enum OnShutdown {
        STOP,
        KEEP
    }

    public Path javaHomeOrOwn() {
        return javaHome != null ? javaHome : Path.of(System.getProperty("java.home"));
    }
}
