package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Services;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.Second;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

/**
 * One environment on two real clusters, each with a data plane of its own: the storefront runs where the environment is, orders is
 * placed on the other one, and the real control plane tells each what it has to know of the other.
 */
@WithPlatform
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcrossClustersTest {

    private static final String ENVIRONMENT = "clusters";
    private static final String EXPOSED = "cell-gateway-westbound";

    private final Platform platform;
    private final Api api;
    private final Services services;
    private KubernetesDataPlane west;
    private KubernetesDataPlane east;
    private Cluster two;
    private Sandbox orders;
    private Sandbox storefront;
    private ClusterCell storefrontCell;
    private ClusterCell ordersCell;
    private Cluster one;
    private LocalPortForward gateway;

    AcrossClustersTest(Platform platform) {
        this.platform = platform;
        this.api = platform.api();
        this.services = platform.services();
    }

    @BeforeAll
    @Timeout(2400)
    void aCellOnEachCluster(Cluster one, @Second Cluster two) throws IOException {
        this.one = one;
        this.two = two;
        west = KubernetesDataPlane.start(platform, one);
        east = KubernetesDataPlane.startCallable(platform, two);
        Sandbox sandbox = platform.sandbox("clusters");
        String organization = "/organizations/" + sandbox.organization();
        api.post(organization + "/environments", Map.of("name", ENVIRONMENT, "dataPlane", west.name()))
                .expect(201);
        api.post(organization + "/pipelines", Map.of("name", ENVIRONMENT, "stages", List.of(ENVIRONMENT)))
                .expect(201);
        // Who places a cell by the command line is a person.
        api.post(organization + "/members", Map.of("username", "admin", "role", "admin"))
                .expect(201);
        orders = sandbox.withProject("orders", ENVIRONMENT);
        storefront = sandbox.withProject("storefront", ENVIRONMENT);
        platform.cyto()
                .ok(
                        "create",
                        "placement",
                        "orders",
                        ENVIRONMENT,
                        "--data-plane",
                        east.name(),
                        "--organization",
                        sandbox.organization());
        SampleShop shop = new SampleShop(platform.root(), ENVIRONMENT);
        shop.push(orders, "orders", "orders");
        shop.push(storefront, "api", "storefront/api");
        storefrontCell = new ClusterCell(one.client(), storefront, ENVIRONMENT);
        ordersCell = new ClusterCell(two.client(), orders, ENVIRONMENT);
        gateway = storefrontCell.gateway(west.httpPort());
    }

    @AfterAll
    void end() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        for (KubernetesDataPlane dataPlane : List.of(west, east)) {
            System.out.println("--- what a data plane said last:\n" + dataPlane.log());
            dataPlane.close();
        }
    }

    @Test
    @Order(1)
    void eachCellRunsOnItsOwnCluster() {
        assertThat(storefrontCell.namespace()).isPresent();
        assertThat(ordersCell.namespace()).isPresent();
        assertThat(new ClusterCell(two.client(), storefront, ENVIRONMENT).namespace())
                .isEmpty();
        assertThat(new ClusterCell(one.client(), orders, ENVIRONMENT).namespace())
                .isEmpty();
    }

    @Test
    @Order(2)
    @Timeout(600)
    void anOrderCrossesFromOneClusterToTheOther() {
        String product = platform.http()
                .get(storefront.url("api", ENVIRONMENT) + "/products")
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        String order =
                "{\"customer\": \"Ada\", \"lines\": [{\"product\": \"%s\", \"quantity\": 2}]}".formatted(product);

        Waits.until(
                "an order is placed",
                Waits.LONG,
                () -> platform.http()
                        .send(
                                "POST",
                                ordersUrl(),
                                order.getBytes(StandardCharsets.UTF_8),
                                Map.of("Content-Type", "application/json", "Idempotency-Key", "the-only-one"))
                        .expect(201));

        assertThat(customers()).containsExactly("Ada");
    }

    @Test
    @Order(3)
    @Timeout(600)
    void aControlPlaneThatIsAwayCostsNoCall() {
        Load load = new Load(platform.http(), ordersUrl(), 2);
        try (load) {
            services.awaitAgain("control-plane", services.kill("control-plane"));
            west.awaitConnected();
            east.awaitConnected();
            int until = load.successes() + 20;
            Waits.until(
                    "calls go on",
                    () -> assertThat(load.successes() + load.failures().size()).isGreaterThan(until));
        }

        assertThat(load.failures()).isEmpty();
    }

    @Test
    @Order(4)
    @Timeout(600)
    void anAddressThatChangesReachesTheCaller() {
        Service before = exposed().get();
        // Whoever has the old address finds nobody there, whichever port comes next.
        exposed().delete();
        Waits.until(
                "it is exposed again",
                Waits.LONG,
                () -> assertThat(exposed().get().getMetadata().getUid())
                        .isNotEqualTo(before.getMetadata().getUid()));
        Service after = exposed().get();

        assertThat(after.getSpec().getPorts().getFirst().getNodePort())
                .isNotEqualTo(before.getSpec().getPorts().getFirst().getNodePort());
        Waits.until(
                "the caller knows it", Waits.LONG, () -> assertThat(customers()).containsExactly("Ada"));
    }

    @Test
    @Order(5)
    @Timeout(900)
    void aGatewayThatTheEnvironmentSharesThereIsCalledTheSame() {
        east.kill();
        east.startAgain("cytoplane.data-plane.kubernetes.gateway-sharing=environment");

        // The cell's own gateway goes when the shared one has taken over.
        Waits.until(
                "the cell has no gateway of its own any more",
                Duration.ofMinutes(6),
                () -> assertThat(exposed().get()).isNull());
        Waits.until(
                "the caller knows the shared one",
                Waits.LONG,
                () -> assertThat(customers()).containsExactly("Ada"));
    }

    @Test
    @Order(6)
    @Timeout(600)
    void theEndOfOneCellLeavesTheOtherServing() {
        undeploy(orders, "orders");
        Waits.until(
                "the called cell is gone",
                Waits.LONG,
                () -> assertThat(ordersCell.namespace()).isEmpty());

        Waits.until(
                "calls are answered by the caller's side",
                () -> assertThat(platform.http().get(ordersUrl()).status()).isGreaterThanOrEqualTo(500));
        platform.http().get(storefront.url("api", ENVIRONMENT) + "/products").expect(200);

        undeploy(storefront, "api");
        Waits.until(
                "the other cell is gone, too",
                Waits.LONG,
                () -> assertThat(storefrontCell.namespace()).isEmpty());
    }

    private ServiceResource<Service> exposed() {
        return two.client()
                .services()
                .inNamespace(ordersCell.namespace().orElseThrow().getMetadata().getName())
                .withName(EXPOSED);
    }

    private String ordersUrl() {
        return storefront.url("api", ENVIRONMENT) + "/orders";
    }

    private List<String> customers() {
        Answer answer = platform.http().get(ordersUrl()).expect(200);
        return answer.json()
                .path("items")
                .valueStream()
                .map(order -> order.path("customer").asString())
                .toList();
    }

    private void undeploy(Sandbox sandbox, String component) {
        String deployment = api.post(
                        sandbox.component(component) + "/undeployments", Map.of("environment", ENVIRONMENT))
                .expect(201)
                .json()
                .path("id")
                .asString();
        assertThat(sandbox.awaitEnd(component, deployment).path("status").asString())
                .isEqualTo("REMOVED");
    }
}
