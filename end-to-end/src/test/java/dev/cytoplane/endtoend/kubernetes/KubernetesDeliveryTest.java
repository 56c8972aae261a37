package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The sample shop on a real cluster: pushed with git, built, released, made images of, run, called through its gateway. */
@WithPlatform
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesDeliveryTest {

    private static final String ENVIRONMENT = "cluster";

    private final Platform platform;
    private final Api api;
    private KubernetesDataPlane dataPlane;
    private Sandbox orders;
    private Sandbox storefront;
    private ClusterCell cell;
    private Git source;
    private LocalPortForward gateway;
    private String first;

    KubernetesDeliveryTest(Platform platform) {
        this.platform = platform;
        this.api = platform.api();
    }

    @BeforeAll
    @Timeout(1800)
    void pushTheShop(Cluster cluster) throws IOException {
        dataPlane = KubernetesDataPlane.start(platform, cluster);
        Sandbox sandbox = platform.sandbox("cluster");
        String organization = "/organizations/" + sandbox.organization();
        api.post(organization + "/environments", Map.of("name", ENVIRONMENT, "dataPlane", dataPlane.name()))
                .expect(201);
        api.post(organization + "/pipelines", Map.of("name", ENVIRONMENT, "stages", List.of(ENVIRONMENT)))
                .expect(201);
        orders = sandbox.withProject("orders", ENVIRONMENT);
        storefront = sandbox.withProject("storefront", ENVIRONMENT);
        SampleShop shop = new SampleShop(platform.root(), ENVIRONMENT);
        shop.push(orders, "orders", "orders");
        source = shop.push(storefront, "api", "storefront/api");
        shop.push(storefront, "web", "storefront/web");
        cell = new ClusterCell(cluster.client(), storefront, ENVIRONMENT);
        first = cell.image("api");
        gateway = cell.gateway(dataPlane.httpPort());
    }

    @AfterAll
    void end() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        if (dataPlane != null) {
            System.out.println("--- what the data plane said last:\n" + dataPlane.log());
            dataPlane.close();
        }
    }

    @Test
    @Order(1)
    void aNodeServiceAnswersThroughItsCellsGateway() {
        Waits.until(
                "the API answers",
                () -> assertThat(products().path("items").size()).isPositive());
        assertThat(products().path("shop").asString()).isEqualTo("The Corner Shop");
    }

    @Test
    @Order(2)
    void aStaticSiteIsServedWithValidatorsOfItsRelease() {
        String url = storefront.url("web", ENVIRONMENT);
        var page = platform.http().get(url).expect(200);

        assertThat(page.text()).contains("<html");
        assertThat(page.header("Last-Modified")).isEmpty();
        assertThat(platform.http()
                        .get(url, Map.of("If-None-Match", page.etag()))
                        .status())
                .isEqualTo(304);
    }

    @Test
    @Order(3)
    void anOrderCrossesTwoCells() {
        String order = "{\"customer\": \"Ada\", \"lines\": [{\"product\": \"%s\", \"quantity\": 2}]}"
                .formatted(products().path("items").path(0).path("id").asString());
        String url = storefront.url("api", ENVIRONMENT) + "/orders";

        Waits.until(
                "an order is placed",
                () -> platform.http()
                        .send(
                                "POST",
                                url,
                                order.getBytes(StandardCharsets.UTF_8),
                                Map.of("Content-Type", "application/json", "Idempotency-Key", "the-only-one"))
                        .expect(201));

        assertThat(platform.http().get(url).expect(200).json().path("items").valueStream())
                .singleElement()
                .satisfies(
                        placed -> assertThat(placed.path("customer").asString()).isEqualTo("Ada"));
    }

    @Test
    @Order(4)
    void itsPodsRunTheReleasesImageByDigestAndAreRestricted() {
        for (String component : List.of("api", "web")) {
            assertThat(cell.image(component)).contains("/platform/releases:").containsPattern("@sha256:[0-9a-f]{64}$");
            PodSpec pod = cell.deployment(component)
                    .orElseThrow()
                    .getSpec()
                    .getTemplate()
                    .getSpec();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getContainers())
                    .extracting(Container::getSecurityContext)
                    .allSatisfy(context ->
                            assertThat(context.getReadOnlyRootFilesystem()).isTrue());
        }
    }

    @Test
    @Order(5)
    void aSecondReleaseRunsAsAnotherImageWithoutAFailedRequest() throws IOException {
        Path code = source.tree().resolve("api.js");
        Files.writeString(code, Files.readString(code).replace("currency: 'EUR'", "currency: 'CHF'"));
        source.commit("In francs");
        Load load = new Load(platform.http(), storefront.url("api", ENVIRONMENT) + "/products", 2);
        try (load) {
            storefront.push(source, "api").ok();
            storefront.awaitLive("api", ENVIRONMENT);
            Waits.until(
                    "the second release answers",
                    () -> assertThat(load.answers()).anyMatch(answer -> answer.contains("CHF")));
        }

        assertThat(load.failures()).isEmpty();
        assertThat(cell.image("api")).isNotEqualTo(first);
    }

    @Test
    @Order(6)
    void aRollbackBringsTheFirstImageBackWithoutABuild() {
        int builds = builds();
        JsonNode deployment = api.post(storefront.component("api") + "/rollbacks", Map.of("environment", ENVIRONMENT))
                .expect(201)
                .json();

        assertThat(storefront
                        .awaitEnd("api", deployment.path("id").asString())
                        .path("status")
                        .asString())
                .isEqualTo("LIVE");
        assertThat(cell.image("api")).isEqualTo(first);
        assertThat(builds()).isEqualTo(builds);
        Waits.until(
                "the first release answers",
                () -> assertThat(products().path("currency").asString()).isEqualTo("EUR"));
    }

    @Test
    @Order(7)
    void whatIsTakenOutGoesAndAnEmptyCellLeavesNothing() {
        String web = storefront.url("web", ENVIRONMENT);
        undeploy(storefront, "api");
        Waits.until("the API is gone", Waits.LONG, () -> {
            assertThat(cell.deployment("api")).isEmpty();
            assertThat(platform.http().get(web).status()).isEqualTo(200);
        });

        undeploy(storefront, "web");
        undeploy(orders, "orders");

        Waits.until(
                "the cell is gone",
                Waits.LONG,
                () -> assertThat(cell.namespace()).isEmpty());
    }

    private void undeploy(Sandbox sandbox, String component) {
        JsonNode deployment = api.post(
                        sandbox.component(component) + "/undeployments", Map.of("environment", ENVIRONMENT))
                .expect(201)
                .json();
        assertThat(sandbox.awaitEnd(component, deployment.path("id").asString())
                        .path("status")
                        .asString())
                .isEqualTo("REMOVED");
    }

    private JsonNode products() {
        return platform.http()
                .get(storefront.url("api", ENVIRONMENT) + "/products")
                .expect(200)
                .json();
    }

    private int builds() {
        return api.get(storefront.component("api") + "/builds")
                .expect(200)
                .json()
                .path("items")
                .size();
    }
}
