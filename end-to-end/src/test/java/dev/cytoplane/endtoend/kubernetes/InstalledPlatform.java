package dev.cytoplane.endtoend.kubernetes;

import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Http;
import dev.cytoplane.endtoend.platform.Json;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.ImageRegistry;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Everything of the chart in a namespace of a cluster, as its administrator would install it. */
final class InstalledPlatform {

    static final String RELEASE = "cytoplane";

    private static final String OPERATOR = "cytoplane-operator";

    private final Cluster cluster;
    private final KubernetesClient client;
    private final String namespace;
    private final Helm helm;
    private final Path values;
    private final String api;
    private final String signIn;
    private final String identities;
    private final Http http = Http.plain();
    private String token = "";
    private Instant until = Instant.MIN;

    /**
     * @param values what is installed
     * @param api where REST and Git are reached from outside of the cluster
     * @param signIn where Keycloak is
     * @param identities namespace of Keycloak's Secret
     */
    InstalledPlatform(
            Cluster cluster, String namespace, Helm helm, Path values, String api, String signIn, String identities) {
        this.cluster = cluster;
        this.client = cluster.client();
        this.namespace = namespace;
        this.helm = helm;
        this.values = values;
        this.api = api;
        this.signIn = signIn;
        this.identities = identities;
    }

    /** @param gatewayPort of the public addresses that are told; nothing listens there by itself */
    static InstalledPlatform install(Path root, Cluster cluster, Path folder, Volumes volumes, int gatewayPort)
            throws IOException {
        String namespace = cluster.namespace();
        ImageRegistry registry = cluster.registry();
        List<String> images = Images.assemble(root, registry, folder, "--platform");
        secrets(cluster.client(), namespace, registry);
        String api = outside(cluster.client(), namespace, "cytoplane-control-plane", 8080);
        String signIn = outside(cluster.client(), namespace, "cytoplane-keycloak", 8080);
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                images: {pullSecrets: [pull]}
                cluster:
                  networks: [10.96.0.0/16, 10.220.0.0/16]
                controlPlane:
                  enabled: true
                  image: {repository: %1$s, digest: "%2$s"}
                  publicUrl: %3$s
                  storage: {size: 1Gi, className: "%4$s", retain: false}
                  resources: {requests: {cpu: 500m, memory: 768Mi}, limits: {memory: 4Gi}}
                postgresql:
                  inCluster: true
                  image: %5$s
                  storage: {size: 1Gi, className: "%4$s", retain: false}
                keycloak:
                  inCluster: true
                  image: %6$s
                  url: %7$s
                  resources: {requests: {cpu: 500m, memory: 512Mi}, limits: {memory: 1Gi}}
                dataPlane:
                  enabled: true
                  image: {repository: %8$s, digest: "%9$s"}
                  domain: localhost
                cells:
                  imageRepository: %10$s/platform/releases
                  gatewayImage: %11$s
                  baseImages:
                    node: %12$s
                  httpPort: %13$d
                  registry:
                    username: %14$s
                    existingSecret: registry
                    authorityKey: ca.crt
                    pullSecretKey: pull
                """.formatted(
                        repository(Images.of(images, "# The control plane: ")),
                        digest(Images.of(images, "# The control plane: ")),
                        api,
                        volumes.storageClass(),
                        Images.of(images, "# PostgreSQL: "),
                        Images.of(images, "# Keycloak: "),
                        signIn,
                        repository(Images.of(images, "# The data plane itself: ")),
                        digest(Images.of(images, "# The data plane itself: ")),
                        registry.address(),
                        Images.of(images, "cytoplane.data-plane.kubernetes.gateway-image="),
                        Images.of(images, "cytoplane.data-plane.kubernetes.base-images.node="),
                        gatewayPort,
                        registry.username()));
        InstalledPlatform installed = new InstalledPlatform(
                cluster, namespace, Helm.against(root, cluster, folder), values, api, signIn, namespace);
        installed.upgrade();
        return installed;
    }

    static String repository(String image) {
        return image.substring(0, image.indexOf('@'));
    }

    static String digest(String image) {
        return image.substring(image.indexOf('@') + 1);
    }

    /** What its pods pull their images with, and what its data plane pushes with. */
    static void secrets(KubernetesClient client, String namespace, ImageRegistry registry) throws IOException {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("registry")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToStringData("password", Files.readString(registry.passwordFile()))
                        .addToStringData("ca.crt", Files.readString(registry.authority()))
                        .addToStringData("pull", registry.pullSecret())
                        .build())
                .create();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("pull")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withType("kubernetes.io/dockerconfigjson")
                        .addToStringData(".dockerconfigjson", registry.pullSecret())
                        .build())
                .create();
    }

    /** A port of the node in the place of an ingress: the address has to be known before anything is installed. */
    static String outside(KubernetesClient client, String namespace, String name, int port) {
        Service service = client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name + "-outside")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withType("NodePort")
                        .withSelector(Map.of("app.kubernetes.io/name", name))
                        .addNewPort()
                        .withPort(port)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        String node = client.nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
                .filter(address -> address.getType().equals("InternalIP"))
                .findFirst()
                .orElseThrow()
                .getAddress();
        return "http://" + node + ":" + service.getSpec().getPorts().getFirst().getNodePort();
    }

    /** Installs what is not there, and changes what is. */
    void upgrade(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "upgrade",
                "--install",
                RELEASE,
                helm.chart(),
                "--namespace",
                namespace,
                "--values",
                values.toString(),
                "--wait",
                "--timeout",
                "15m"));
        arguments.addAll(List.of(more));
        helm.ok(arguments.toArray(String[]::new));
    }

    void uninstall() throws IOException {
        helm.ok("uninstall", RELEASE, "--namespace", namespace, "--wait", "--timeout", "5m");
    }

    Api api() {
        return new Api(http, api, this::token);
    }

    Http http() {
        return http;
    }

    /** The address of REST and Git. */
    String url() {
        return api;
    }

    String namespace() {
        return namespace;
    }

    Cluster cluster() {
        return cluster;
    }

    /** By client credentials, as machines sign in. */
    private synchronized String token() {
        if (Instant.now().isAfter(until)) {
            String secret = new String(
                    Base64.getDecoder()
                            .decode(client.secrets()
                                    .inNamespace(identities)
                                    .withName("cytoplane-keycloak")
                                    .get()
                                    .getData()
                                    .get("operator")),
                    StandardCharsets.UTF_8);
            String form = "grant_type=client_credentials&client_id=" + OPERATOR + "&client_secret=" + secret;
            token = Json.read(http.send(
                                    "POST",
                                    signIn + "/realms/cytoplane/protocol/openid-connect/token",
                                    form.getBytes(StandardCharsets.UTF_8),
                                    Map.of("Content-Type", "application/x-www-form-urlencoded"))
                            .expect(200)
                            .text())
                    .path("access_token")
                    .asString();
            until = Instant.now().plusSeconds(200);
        }
        return token;
    }
}
