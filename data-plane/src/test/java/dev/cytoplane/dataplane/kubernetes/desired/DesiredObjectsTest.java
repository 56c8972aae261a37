package dev.cytoplane.dataplane.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.testing.TestCells;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DesiredObjectsTest {

    private static final Cell.Connection TO_ORDERS = new Cell.Connection(
            "orders",
            "ORDERS_URL",
            null,
            new Cell.OtherCell(
                    "orders.production.acme",
                    "spiffe://test.local/acme/production/orders",
                    "orders",
                    "http",
                    "/orders",
                    null),
            null);

    @Test
    void equalCellsGiveEqualObjects() {
        Cell cell = TestCells.cell(
                "shop", 1, TestCells.service("web").connections(TO_ORDERS).build());

        assertThat(objects(cell)).isEqualTo(objects(cell));
    }

    @Test
    void theCellOwnsItsNamespaceAndEverythingIsMarkedAsOurs() {
        Cell cell =
                TestCells.cell("shop", 1, TestCells.service("web").replicas(2).build());

        assertThat(objects(cell)).isNotEmpty().allSatisfy(object -> {
            assertThat(object.getMetadata().getLabels()).containsEntry(Labels.MANAGED_BY, Labels.MANAGER);
            assertThat(object.getMetadata().getOwnerReferences()).hasSize(object instanceof Namespace ? 1 : 0);
        });
    }

    @Test
    void whatHoldsPodsBackComesBeforeThem() {
        List<HasMetadata> objects =
                objects(TestCells.cell("shop", 1, TestCells.service("web").build()));

        int lastPolicy = objects.indexOf(objects.stream()
                .filter(NetworkPolicy.class::isInstance)
                .reduce((a, b) -> b)
                .orElseThrow());
        int firstWorkload = objects.indexOf(objects.stream()
                .filter(Deployment.class::isInstance)
                .findFirst()
                .orElseThrow());
        assertThat(lastPolicy).isLessThan(firstWorkload);
    }

    @Test
    void everyPodIsRestrictedHasNoTokenAndWaitsAtItsFence() {
        Cell cell = TestCells.cell("shop", 1, TestCells.service("web").build());

        assertThat(objects(cell).stream().filter(Deployment.class::isInstance).map(Deployment.class::cast))
                .hasSize(2)
                .allSatisfy(deployment -> {
                    PodSpec pod = deployment.getSpec().getTemplate().getSpec();
                    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
                    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
                    assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                            .isEqualTo("RuntimeDefault");
                    assertThat(pod.getInitContainers()).extracting("name").containsExactly("fence");
                    assertThat(pod.getContainers()).allSatisfy(container -> {
                        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                                .isTrue();
                        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                                .isFalse();
                        assertThat(container
                                        .getSecurityContext()
                                        .getCapabilities()
                                        .getDrop())
                                .containsExactly("ALL");
                    });
                });
        assertThat(objects(cell).stream()
                        .filter(ServiceAccount.class::isInstance)
                        .map(ServiceAccount.class::cast))
                .hasSize(2)
                .allSatisfy(account ->
                        assertThat(account.getAutomountServiceAccountToken()).isFalse());
    }

    @Test
    void aTaskIsACronJobOfPodsThatAreHeldBackLikeAllOthers() {
        Cell cell = TestCells.cell(
                "shop",
                1,
                TestCells.service("web")
                        .task(new Cell.Task("*/5 * * * *", "Europe/Berlin", Concurrency.REPLACE, 90, 2))
                        .build(),
                TestCells.service("api")
                        .task(new Cell.Task(null, "UTC", Concurrency.FORBID, 3600, 0))
                        .build());
        List<CronJob> tasks = objects(cell).stream()
                .filter(CronJob.class::isInstance)
                .map(CronJob.class::cast)
                .toList();

        CronJobSpec scheduled = tasks.getFirst().getSpec();
        assertThat(scheduled.getSchedule()).isEqualTo("*/5 * * * *");
        assertThat(scheduled.getTimeZone()).isEqualTo("Europe/Berlin");
        assertThat(scheduled.getSuspend()).isFalse();
        assertThat(scheduled.getConcurrencyPolicy()).isEqualTo("Replace");
        JobSpec job = scheduled.getJobTemplate().getSpec();
        assertThat(job.getBackoffLimit()).isEqualTo(2);
        assertThat(job.getActiveDeadlineSeconds()).isEqualTo(90);
        PodSpec pod = job.getTemplate().getSpec();
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getInitContainers()).extracting("name").containsExactly("fence");
        assertThat(pod.getContainers().getFirst().getReadinessProbe()).isNull();
        assertThat(job.getTemplate().getMetadata().getLabels()).containsAllEntriesOf(Labels.component("web"));
        assertThat(tasks.getLast().getSpec().getSuspend())
                .as("what has no schedule is made into Jobs by us only")
                .isTrue();
        assertThat(objects(cell).stream().filter(Deployment.class::isInstance))
                .as("the gateway's")
                .hasSize(1);
    }

    @Test
    void aConnectionInsideTheCellIsTheAddressOfTheService() {
        Cell cell = TestCells.cell(
                "shop",
                1,
                TestCells.service("web")
                        .connections(
                                new Cell.Connection("api", "API_URL", new Cell.SameCell("api", "http"), null, null))
                        .build(),
                TestCells.service("api").build());

        assertThat(secretOf(cell, "web")).containsExactly(Map.entry("API_URL", "http://api:8080"));
    }

    @Test
    void aConnectionOutOfTheCellGoesThroughTheGatewayWithTheComponentsKey() {
        Cell cell = TestCells.cell(
                "shop", 1, TestCells.service("web").connections(TO_ORDERS).build());

        assertThat(secretOf(cell, "web"))
                .containsExactly(Map.entry("ORDERS_URL", "http://cell-gateway:9080/key-of-web"));
        GatewayConfiguration.OutboundRoute route =
                configuration(cell).cells().getFirst().outboundRoutes().getFirst();
        assertThat(route.key()).isEqualTo("key-of-web");
        assertThat(route.target().otherCell())
                .extracting(GatewayConfiguration.OtherCell::address)
                .isEqualTo("cell-gateway." + Names.namespace("orders.production.acme") + ".svc.cluster.local:9443");
    }

    @Test
    void anotherSecretIsAnotherObjectAndAnotherTemplate() {
        Cell before = TestCells.cell("shop", 1, TestCells.service("orders").build());
        Cell after = TestCells.cell(
                "shop",
                2,
                TestCells.service("orders")
                        .connections(new Cell.Connection(
                                "mail", "MAIL_URL", null, null, new Cell.External("https://mail.test")))
                        .build());

        assertThat(secretName(before)).isNotEqualTo(secretName(after));
    }

    @Test
    void aSecretIsNowhereButInSecrets() {
        Cell cell = TestCells.cell("shop", 1, TestCells.service("orders").build());

        assertThat(objects(cell).stream().filter(object -> !(object instanceof Secret)))
                .allSatisfy(object -> assertThat(object.toString()).doesNotContain("opened"));
    }

    @Test
    void endpointsMayShareAPort() {
        Cell cell = TestCells.cell(
                "shop",
                1,
                TestCells.service("orders")
                        .endpoints(
                                TestCells.endpoint("internal", Visibility.ORGANIZATION, "/internal"),
                                TestCells.endpoint("http", Visibility.PUBLIC, "/orders"))
                        .build());

        assertThat(objects(cell))
                .filteredOn(object -> object instanceof Service
                        && object.getMetadata().getName().equals("orders"))
                .singleElement()
                .satisfies(service -> assertThat(((Service) service).getSpec().getPorts())
                        .extracting("port")
                        .containsExactly(8080));
    }

    @Test
    void everyPodIsPulledWithWhatTheDataPlaneWasGiven() {
        Cell cell = TestCells.cell("shop", 1, TestCells.service("web").build());

        assertThat(secret(cell, "registry").getType()).isEqualTo("kubernetes.io/dockerconfigjson");
        assertThat(deployments(cell))
                .hasSize(2)
                .allSatisfy(deployment -> assertThat(
                                deployment.getSpec().getTemplate().getSpec().getImagePullSecrets())
                        .extracting("name")
                        .containsExactly("registry"));
    }

    @Test
    void aComponentRunsItsImageAndIsLeftAsItIsWhileItHasNone() {
        Cell cell = TestCells.cell(
                "shop",
                1,
                TestCells.service("web").build(),
                TestCells.service("unbuilt").build());

        assertThat(deployments(cell))
                .extracting(deployment -> deployment.getMetadata().getName())
                .containsExactly(Names.GATEWAY, "web");
        assertThat(deployments(cell)
                        .getLast()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo(Examples.image("web"));
        assertThat(secretOf(cell, "unbuilt")).isEmpty();
    }

    private static List<Deployment> deployments(Cell cell) {
        return objects(cell).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .toList();
    }

    @Test
    void theGenerationOfTheConfigurationGrowsOnlyWithIt() {
        Cell cell = TestCells.cell("shop", 1, TestCells.service("web").build());
        GatewayConfiguration first = configuration(cell);
        Given given = Examples.given();
        Given told = new Given(
                given.owner(),
                given.connectionKeys(),
                given.secrets(),
                given.certificate(),
                given.trustBundle(),
                given.images(),
                given.instances(),
                first,
                given.gates());
        Cell changed = TestCells.cell(
                "shop",
                2,
                TestCells.service("web")
                        .endpoints(TestCells.endpoint("http", Visibility.PUBLIC, "/web"))
                        .build());

        assertThat(GatewayFiles.configuration(cell, told, Examples.SETTINGS)).isEqualTo(first);
        assertThat(GatewayFiles.configuration(changed, told, Examples.SETTINGS).generation())
                .isEqualTo(first.generation() + 1);
    }

    @Test
    void aGatewayOfSeveralPodsIsSpreadAndADrainTakesOneAtATime() {
        Cell cell = TestCells.cell("shop", 1, TestCells.service("web").build());
        List<HasMetadata> two =
                DesiredObjects.of(cell, Examples.given(), Examples.gateways(2)).all();

        assertThat(two)
                .filteredOn(PodDisruptionBudget.class::isInstance)
                .extracting(object -> object.getMetadata().getName())
                .containsExactly(Names.GATEWAY);
        assertThat(two)
                .filteredOn(object -> object instanceof Deployment
                        && object.getMetadata().getName().equals(Names.GATEWAY))
                .singleElement()
                .satisfies(object -> {
                    var spec = ((Deployment) object).getSpec();
                    assertThat(spec.getReplicas()).isEqualTo(2);
                    assertThat(spec.getTemplate().getSpec().getTopologySpreadConstraints())
                            .hasSize(1);
                });
        assertThat(objects(cell)).noneMatch(PodDisruptionBudget.class::isInstance);
    }

    @Test
    void aCellsServiceIsANameThatCanLeadElsewhereWithoutAnAddressGivenUp() {
        Cell cell = TestCells.cell("shop", 1, TestCells.service("web").build());
        for (Gates gates : List.of(Gates.OWN, new Gates(true, true, Gates.Kind.ENVIRONMENT, Map.of(), null))) {
            List<HasMetadata> objects = DesiredObjects.of(cell, Examples.given(gates), Examples.SETTINGS)
                    .all();

            Service own = service(objects, Names.OWN_DOOR);
            assertThat(own.getSpec().getSelector()).isEqualTo(Labels.gateway());
            Service door = service(objects, Names.GATEWAY);
            assertThat(door.getSpec().getType()).isEqualTo("ExternalName");
            assertThat(GatewayServices.leads(door)).isEqualTo(gates.leads());
            assertThat(door.getSpec()
                            .getExternalName()
                            .equals("cell-gateway-own." + own.getMetadata().getNamespace() + ".svc.cluster.local"))
                    .isEqualTo(gates.leads() == Gates.Kind.OWN);
            assertThat(objects.indexOf(own)).isLessThan(objects.indexOf(door));
        }
    }

    private static Service service(List<HasMetadata> objects, String name) {
        return objects.stream()
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .filter(service -> service.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noTwoCellsShareANamespace() {
        assertThat(Names.namespace("a-b.c.d")).isNotEqualTo(Names.namespace("a.b-c.d"));
        assertThat(Names.namespace("p".repeat(40) + "." + "e".repeat(40) + "." + "o".repeat(40)))
                .hasSizeLessThanOrEqualTo(63)
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    }

    private static List<HasMetadata> objects(Cell cell) {
        return DesiredObjects.of(cell, Examples.given(), Examples.SETTINGS).all();
    }

    private static GatewayConfiguration configuration(Cell cell) {
        return ContractJson.MAPPER.readValue(
                decode(secret(cell, Names.GATEWAY_CONFIGURATION).getData().get(GatewayFiles.CONFIGURATION)),
                GatewayConfiguration.class);
    }

    private static Secret secret(Cell cell, String prefix) {
        return objects(cell).stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .filter(secret -> secret.getMetadata().getName().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> secretOf(Cell cell, String component) {
        return secret(cell, component + "-").getData().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, entry -> decode(entry.getValue())));
    }

    private static String secretName(Cell cell) {
        return secret(cell, "orders-").getMetadata().getName();
    }

    private static String decode(@Nullable String value) {
        return new String(
                Base64.getDecoder().decode(Objects.requireNonNull(value)), java.nio.charset.StandardCharsets.UTF_8);
    }
}
