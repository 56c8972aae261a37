package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The chart's control plane with a PostgreSQL and a Keycloak that are there already and stay when it goes. */
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExternalServicesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private KubernetesClient client;
    private Volumes volumes;
    private OthersServices others;
    private InstalledPlatform platform;
    private Api api;
    private Sandbox shop;

    @BeforeAll
    @Timeout(2400)
    void install(Cluster cluster) throws IOException, GeneralSecurityException {
        client = cluster.client();
        Path root = Repository.root();
        Path folder = Repository.folder(cluster.unique());
        volumes = Volumes.of(cluster, folder, 2);
        String namespace = cluster.namespace();
        String url = InstalledPlatform.outside(client, namespace, "cytoplane-control-plane", 8080);
        List<String> images = Images.assemble(root, cluster.registry(), folder, "--platform");
        Helm helm = Helm.against(root, cluster, folder);
        others = OthersServices.start(cluster, helm, folder, images, volumes, url);

        InstalledPlatform.secrets(client, namespace, cluster.registry());
        others.handOut("cytoplane-postgresql", namespace, "database", "owner", "application");
        others.handOut("cytoplane-keycloak", namespace, "client", "control-plane");
        String image = Images.of(images, "# The control plane: ");
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                images: {pullSecrets: [pull]}
                cluster:
                  networks: [10.96.0.0/16, 10.220.0.0/16]
                controlPlane:
                  enabled: true
                  image: {repository: %s, digest: "%s"}
                  publicUrl: %s
                  storage: {size: 1Gi, className: "%s"}
                  resources: {requests: {cpu: 500m, memory: 768Mi}, limits: {memory: 4Gi}}
                postgresql:
                  host: %s
                  certificateAuthority: |
                    %s
                  existingSecret: database
                keycloak:
                  url: %s
                  certificateAuthority: |
                    %s
                  existingSecret: client
                """.formatted(
                        InstalledPlatform.repository(image),
                        InstalledPlatform.digest(image),
                        url,
                        volumes.storageClass(),
                        others.databaseHost(),
                        block(others.databaseAuthority()),
                        others.signIn(),
                        block(others.signInAuthority())));
        platform = new InstalledPlatform(
                cluster, namespace, helm, values, url, others.signInFromOutside(), others.namespace());
        platform.upgrade();
        api = platform.api();
        shop = Sandbox.create(api, platform.http(), root, "external");
    }

    /** What the lines above have after their first. */
    private static String block(String pem) {
        return pem.strip().indent(20).strip();
    }

    @AfterAll
    void end() {
        if (volumes != null) {
            volumes.close();
        }
    }

    @Test
    @Order(1)
    @Timeout(1500)
    void whoSignsInThereWritesPushesAndBuilds() {
        api.post(shop.project() + "/components", Map.of("name", "hello", "autoDeploy", false))
                .expect(201);
        Git source = shop.nodeService("hello", "one").write("package.json", """
                {"name": "hello", "version": "1.0.0", "private": true, "scripts": {"build": "echo built > built.txt"}}
                """);
        source.commit("one");

        assertThat(shop.push(source, "hello").ok().output()).contains("npm run build");

        String build = api.all(shop.component("hello") + "/builds")
                .getFirst()
                .path("id")
                .asString();
        assertThat(shop.awaitBuild("hello", build).path("status").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    @Order(2)
    void whoIsThereIsAskedOverItsAdministration() {
        String members = "/organizations/" + shop.organization() + "/members";
        api.post(members, Map.of("username", "admin", "role", "viewer")).expect(201);
        assertThat(api.post(members, Map.of("username", "no-such-person", "role", "viewer"))
                        .expect(400)
                        .text())
                .contains("username");
    }

    @Test
    @Order(2)
    void nothingOfTheKindIsBrought() {
        assertThat(client
                        .pods()
                        .inNamespace(platform.namespace())
                        .withLabel("app.kubernetes.io/instance", InstalledPlatform.RELEASE)
                        .list()
                        .getItems()
                        .stream()
                        .map(pod -> pod.getMetadata().getLabels().get("app.kubernetes.io/name")))
                .containsExactly("cytoplane-control-plane");
    }

    @Test
    @Order(3)
    @Timeout(1500)
    void itGoesOnWhenTheDatabaseHasBeenAway() {
        others.restartDatabase();

        Waits.until(
                "a project is made",
                PATIENCE,
                () -> api.post("/organizations/" + shop.organization() + "/projects", Map.of("name", "after"))
                        .expect(201));
    }

    @Test
    @Order(4)
    @Timeout(1500)
    void anUninstallLeavesThemAndTheNextReleaseFindsWhatWasThere() throws IOException {
        Set<String> before = others.pods();
        platform.uninstall();
        assertThat(others.pods()).isEqualTo(before);

        platform.upgrade();

        assertThat(api.all("/organizations/" + shop.organization() + "/projects"))
                .extracting(project -> project.path("name").asString())
                .contains("after");
        assertThat(api.get(shop.component("hello") + "/builds").expect(200).text())
                .contains("SUCCEEDED");
    }
}
