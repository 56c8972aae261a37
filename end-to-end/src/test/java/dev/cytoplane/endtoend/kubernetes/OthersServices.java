package dev.cytoplane.endtoend.kubernetes;

import dev.cytoplane.testcluster.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * PostgreSQL and Keycloak that belong to no release: what the chart would bring, rendered once and put into a namespace of its
 * own, without its network policies. Both have certificates that nobody else believes, and the database takes TLS only.
 */
final class OthersServices {

    private static final Set<String> KINDS = Set.of("Secret", "ConfigMap", "Service", "StatefulSet", "Deployment");

    private static final String DATABASE = "cytoplane-postgresql";

    private static final String KEYCLOAK = "cytoplane-keycloak";

    private static final String START = "start.sh";

    private static final String DATABASE_OPTIONS =
            "-c ssl=on -c ssl_cert_file=/key/tls.crt -c ssl_key_file=/key/tls.key ";

    private static final List<String> KEYCLOAK_OPTIONS = List.of(
            "--https-port=8443", "--https-certificate-file=/key/tls.crt", "--https-certificate-key-file=/key/tls.key");

    private final Cluster cluster;
    private final String namespace;
    private final Map<String, ServerCertificate> certificates = new HashMap<>();

    private OthersServices(Cluster cluster, Path folder) throws IOException, GeneralSecurityException {
        this.cluster = cluster;
        this.namespace = cluster.namespace();
        for (String service : List.of(DATABASE, KEYCLOAK)) {
            certificates.put(service, ServerCertificate.of(host(service), folder));
        }
    }

    /**
     * Returns when both run.
     *
     * @param images as {@link Images#assemble} names them
     * @param platform the address that people will reach the platform by
     */
    static OthersServices start(
            Cluster cluster, Helm helm, Path folder, List<String> images, Volumes volumes, String platform)
            throws IOException, GeneralSecurityException {
        OthersServices services = new OthersServices(cluster, folder);
        InstalledPlatform.secrets(cluster.client(), services.namespace, cluster.registry());
        Path values = Files.writeString(folder.resolve("others.yaml"), """
                images: {pullSecrets: [pull]}
                cluster: {networks: [10.96.0.0/16]}
                controlPlane: {enabled: true, image: {repository: none, tag: none}, publicUrl: %s}
                postgresql:
                  inCluster: true
                  image: %s
                  storage: {size: 1Gi, className: "%s", retain: false}
                keycloak:
                  inCluster: true
                  image: %s
                  url: %s
                  resources: {requests: {cpu: 500m, memory: 512Mi}, limits: {memory: 1Gi}}
                """.formatted(
                        platform,
                        Images.of(images, "# PostgreSQL: "),
                        volumes.storageClass(),
                        Images.of(images, "# Keycloak: "),
                        services.signIn()));
        List<HasMetadata> objects = services.render(helm, values);
        objects.forEach(services::withTls);
        KubernetesClient client = cluster.client();
        objects.forEach(object ->
                client.resource(object).inNamespace(services.namespace).create());
        objects.stream()
                .filter(object -> Set.of("StatefulSet", "Deployment").contains(object.getKind()))
                .forEach(object ->
                        client.resource(object).inNamespace(services.namespace).waitUntilReady(10, TimeUnit.MINUTES));
        return services;
    }

    private List<HasMetadata> render(Helm helm, Path values) throws IOException {
        String rendered = helm.ok(
                "template",
                "others",
                helm.chart(),
                "--namespace",
                namespace,
                "--values",
                values.toString(),
                "--kube-version",
                cluster.version(),
                "--show-only",
                "templates/postgresql/*.yaml",
                "--show-only",
                "templates/keycloak/*.yaml");
        return cluster
                .client()
                .load(new ByteArrayInputStream(rendered.getBytes(StandardCharsets.UTF_8)))
                .items()
                .stream()
                .filter(object -> KINDS.contains(object.getKind()))
                .toList();
    }

    /** What makes servers of the chart ones that have certificates; the database hears nothing in the clear any more. */
    private void withTls(HasMetadata object) {
        String name = object.getMetadata().getName();
        switch (object) {
            case ConfigMap scripts
            when scripts.getData().containsKey(START) ->
                scripts.getData()
                        .computeIfPresent(
                                START,
                                (_, script) -> script.replace("host all all all", "hostssl all all all")
                                        .replace("exec postgres ", "exec postgres " + DATABASE_OPTIONS));
            case Secret secret
            when certificates.containsKey(name) -> {
                ServerCertificate certificate = certificates.get(name);
                secret.setStringData(Map.of("tls.crt", certificate.certificate(), "tls.key", certificate.key()));
            }
            case StatefulSet database ->
                mountKey(database.getSpec().getTemplate().getSpec(), name);
            case Deployment keycloak -> {
                PodSpec pod = keycloak.getSpec().getTemplate().getSpec();
                mountKey(pod, name);
                pod.getContainers().getFirst().getArgs().addAll(KEYCLOAK_OPTIONS);
            }
            case Service service
            when name.equals(KEYCLOAK) ->
                service.getSpec()
                        .getPorts()
                        .add(new ServicePortBuilder()
                                .withName("https")
                                .withPort(8443)
                                .build());
            default -> {}
        }
    }

    private static void mountKey(PodSpec pod, String secret) {
        pod.getVolumes()
                .add(new VolumeBuilder()
                        .withName("key")
                        .withNewSecret()
                        .withSecretName(secret)
                        .withDefaultMode(0440)
                        .addNewItem()
                        .withKey("tls.crt")
                        .withPath("tls.crt")
                        .endItem()
                        .addNewItem()
                        .withKey("tls.key")
                        .withPath("tls.key")
                        .endItem()
                        .endSecret()
                        .build());
        pod.getContainers()
                .getFirst()
                .getVolumeMounts()
                .add(new VolumeMountBuilder()
                        .withName("key")
                        .withMountPath("/key")
                        .withReadOnly(true)
                        .build());
    }

    String namespace() {
        return namespace;
    }

    /** What the database's certificate is checked against: itself. In PEM. */
    String databaseAuthority() {
        return authority(DATABASE);
    }

    /** What Keycloak's certificate is checked against: itself. In PEM. */
    String signInAuthority() {
        return authority(KEYCLOAK);
    }

    private String authority(String service) {
        return Objects.requireNonNull(certificates.get(service)).certificate();
    }

    /** As a pod of any namespace names it. */
    String databaseHost() {
        return host(DATABASE);
    }

    /** The address of Keycloak, which is its issuer's: known inside of the cluster only. */
    String signIn() {
        return "https://" + host(KEYCLOAK) + ":8443";
    }

    private String host(String service) {
        return service + "." + namespace + ".svc.cluster.local";
    }

    /** Where a test reaches Keycloak, without TLS. */
    String signInFromOutside() {
        return InstalledPlatform.outside(cluster.client(), namespace, KEYCLOAK, 8080);
    }

    /** Keys of one of the Secrets, under their names, in another namespace: as who runs them hands them out. */
    void handOut(String secret, String to, String name, String... keys) {
        KubernetesClient client = cluster.client();
        Map<String, String> all =
                client.secrets().inNamespace(namespace).withName(secret).get().getData();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(to)
                        .endMetadata()
                        .withData(all.entrySet().stream()
                                .filter(entry -> List.of(keys).contains(entry.getKey()))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                        .build())
                .create();
    }

    /** Their pods, by uid. */
    Set<String> pods() {
        return cluster.client().pods().inNamespace(namespace).list().getItems().stream()
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
    }

    /** The database's pod ends, and another one comes with the same data. */
    void restartDatabase() {
        KubernetesClient client = cluster.client();
        Pod before = client.pods()
                .inNamespace(namespace)
                .withName("cytoplane-postgresql-0")
                .get();
        client.resource(before).delete();
        client.pods()
                .inNamespace(namespace)
                .withName("cytoplane-postgresql-0")
                .waitUntilCondition(
                        pod -> pod != null
                                && !pod.getMetadata()
                                        .getUid()
                                        .equals(before.getMetadata().getUid()),
                        5,
                        TimeUnit.MINUTES);
        client.pods().inNamespace(namespace).withName("cytoplane-postgresql-0").waitUntilReady(5, TimeUnit.MINUTES);
    }
}
