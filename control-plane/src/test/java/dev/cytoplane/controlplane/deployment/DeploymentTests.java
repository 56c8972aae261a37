package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.api.TestIssuer;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import dev.cytoplane.controlplane.dataplane.link.TestDataPlane;
import dev.cytoplane.controlplane.listener.Listener;
import dev.cytoplane.controlplane.listener.Listeners;
import dev.cytoplane.controlplane.release.Releases;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ControlPlaneTest
class DeploymentTests {

    @LocalServerPort
    int port;

    @Autowired
    Listeners listeners;

    @Autowired
    Authority authority;

    @Autowired
    Releases releases;

    @Autowired
    Tenancy tenancy;

    private Client owner;
    private TestDataPlane dataPlane;
    private TestDataPlane.Watch watch;
    private Shop shop;
    private ComponentScope api;

    @BeforeEach
    void open() {
        owner = Client.of(port, "olga");
        String name = "dp-" + UUID.randomUUID().toString().substring(0, 8);
        Client admin = owner.withToken(TestIssuer.SHARED.platformAdmin("root"));
        int link = listeners.port(Listener.LINK).orElseThrow();
        dataPlane = TestDataPlane.joined(admin, link, authority.trustBundle(), name);
        watch = dataPlane.watch(null);
        shop = new Shop(owner, name, releases, tenancy);
        api = shop.component("store", "api");
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aReleaseReachesTheDataPlaneAndIsLiveWhenThatSaysSo() {
        String release = release("one");

        Client.Answer created = deploy("dev", release);
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        assertThat(created.text("/status")).isEqualTo("PENDING");
        Cell cell = nextCell();
        assertThat(cell.metadata().version()).isEqualTo(1);
        assertThat(cell.spec().components())
                .extracting(Cell.Component::name, Cell.Component::release)
                .containsExactly(tuple("api", release));

        dataPlane.report(Shop.status(cell, CellStatus.Phase.PROGRESSING, "It is starting."));
        assertThat(deployment(created).text("/status")).isEqualTo("PROGRESSING");
        assertThat(dataPlane.report(Shop.ready(cell)).statusCode()).isEqualTo(204);

        Client.Answer live = deployment(created);
        assertThat(live.text("/status")).isEqualTo("LIVE");
        assertThat(live.json().at("/urls").toString()).contains("store.dev." + shop.organization() + ".localhost");
        assertThat(live.json().at("/cellVersion").asLong()).isEqualTo(1);
        var endpoint = owner.get(shop.path("/endpoints?environment=dev")).json().at("/items/0");
        assertThat(endpoint.at("/health").asString()).isEqualTo("HEALTHY");
        assertThat(endpoint.at("/release").asString()).isEqualTo(release);
        assertThat(owner.get(shop.path(api, "/instances?environment=dev"))
                        .json()
                        .at("/items/0/pid")
                        .asLong())
                .isEqualTo(4711);
        assertThat(owner.get(shop.path("/projects/store/cells/dev")).text("/status/cell"))
                .isEqualTo(cell.metadata().name());
    }

    @Test
    void whatWasLiveStaysLiveUntilItsSuccessorIs() {
        Client.Answer one = live("dev", release("one"));
        Client.Answer two = deploy("dev", release("two"));
        Cell cell = nextCell();

        dataPlane.report(Shop.status(cell, CellStatus.Phase.FAILED, "It ends at once with code 1."));
        assertThat(deployment(two).text("/status")).isEqualTo("FAILED");
        assertThat(deployment(two).text("/message")).isEqualTo("It ends at once with code 1.");
        assertThat(deployment(one).text("/status")).isEqualTo("LIVE");

        dataPlane.report(Shop.ready(cell));
        assertThat(deployment(two).text("/status")).isEqualTo("LIVE");
        assertThat(deployment(one).text("/status")).isEqualTo("SUPERSEDED");
    }

    @Test
    void aReportOnAnOlderVersionDecidesNothing() {
        Client.Answer one = deploy("dev", release("one"));
        Cell first = nextCell();
        deploy("dev", release("two"));
        nextCell();
        Client.Answer again = deploy("dev", release("one"));
        nextCell();

        dataPlane.report(Shop.ready(first));

        assertThat(deployment(one).text("/status")).isEqualTo("SUPERSEDED");
        assertThat(deployment(again).text("/status")).isEqualTo("PENDING");
    }

    @Test
    void promotionFollowsThePipelineAndNeedsTheStageBefore() {
        String release = release("one");
        assertThat(deploy("test", release).status()).isEqualTo(409);
        assertThat(promote("test").status()).isEqualTo(409);
        live("dev", release);
        assertThat(promote("prod").response().body()).contains("test");

        Client.Answer promoted = promote("test");
        assertThat(promoted.status()).as("%s", promoted).isEqualTo(201);
        assertThat(promoted.text("/release")).isEqualTo(release);
        assertThat(promoted.text("/kind")).isEqualTo("PROMOTE");
        assertThat(promote("prod").status()).isEqualTo(409);
        dataPlane.report(Shop.ready(nextCell()));
        assertThat(promote("prod").status()).isEqualTo(201);
        assertThat(promote("dev").status()).isEqualTo(409);
        assertThat(promote("development").status()).isEqualTo(409);
    }

    @Test
    void aRollbackBringsBackTheReleaseWithItsSettings() {
        put("configuration/dev", "\"0\"", "{\"values\": {\"COLOUR\": \"green\"}}");
        String one = release("one");
        live("dev", one);
        put("configuration/dev", "\"1\"", "{\"values\": {\"COLOUR\": \"red\"}}");
        Cell red = nextCell();
        assertThat(red.spec().components().getFirst().environment()).containsEntry("COLOUR", "red");
        dataPlane.report(Shop.ready(red));
        live("dev", release("two"));

        Client.Answer back = owner.post(
                shop.path(api, "/rollbacks"),
                "{\"environment\": \"dev\", \"deployment\": \"%s\"}".formatted(oldest().text("/items/0/id")));

        assertThat(back.status()).as("%s", back).isEqualTo(201);
        assertThat(back.text("/release")).isEqualTo(one);
        Cell.Component component = nextCell().spec().components().getFirst();
        assertThat(component.release()).isEqualTo(one);
        assertThat(component.environment()).containsEntry("COLOUR", "green");
        assertThat(owner.get(shop.path(api, "/configuration/dev")).text("/values/COLOUR"))
                .isEqualTo("green");
    }

    @Test
    void aRollbackGoesToTheLastThatServedAndSkipsWhatFailed() {
        String one = release("one");
        live("dev", one);
        deploy("dev", release("broken"));
        dataPlane.report(Shop.status(nextCell(), CellStatus.Phase.FAILED, "No."));

        Client.Answer back = owner.post(shop.path(api, "/rollbacks"), "{\"environment\": \"dev\"}");

        assertThat(back.text("/release")).isEqualTo(one);
        assertThat(back.text("/kind")).isEqualTo("ROLLBACK");
    }

    @Test
    void aSecretReachesTheDataPlaneSealedAndNobodyElse() {
        String release = release("one");
        live("dev", release);
        Client.Answer set = owner.put(shop.path(api, "/secrets/dev/TOKEN"), "{\"value\": \"hush\"}");
        assertThat(set.status()).as("%s", set).isEqualTo(200);
        Cell cell = nextCell();
        Cell.SealedSecret sealed = cell.spec().components().getFirst().secrets().getFirst();

        assertThat(dataPlane.open(cell, "api", sealed)).isEqualTo("hush");
        assertThat(set.response().body()).doesNotContain("hush");
        assertThat(owner.get(shop.path(api, "/secrets/dev")).response().body())
                .contains("TOKEN")
                .doesNotContain("hush");
        dataPlane.report(Shop.ready(cell));
        live("dev", release("two"));
        assertThat(owner.get(shop.path("/projects/store/cells/dev")).json().findValuesAsString("ciphertext"))
                .as("sealed once, so that the cell changes only when the secret does")
                .containsExactly(sealed.ciphertext());

        owner.put(shop.path(api, "/secrets/dev/TOKEN"), "{\"value\": \"other\"}");
        Cell next = nextCell();
        Cell.SealedSecret second = next.spec().components().getFirst().secrets().getFirst();
        assertThat(second.version()).isEqualTo(2);
        assertThat(dataPlane.open(next, "api", second)).isEqualTo("other");
        assertThat(owner.get(shop.path("/audit?limit=200")).response().body())
                .contains("secret.set", "secret.opened")
                .doesNotContain("hush");
    }

    @Test
    void anUndeploymentIsOverWhenNothingRunsAnyMore() {
        Client.Answer live = live("dev", release("one"));
        Client.Answer removal = owner.post(shop.path(api, "/undeployments"), "{\"environment\": \"dev\"}");
        assertThat(removal.status()).as("%s", removal).isEqualTo(201);
        Cell empty = nextCell();
        assertThat(empty.spec().components()).isEmpty();

        dataPlane.report(Shop.ready(empty));

        assertThat(deployment(removal).text("/status")).isEqualTo("REMOVED");
        assertThat(deployment(live).text("/status")).isEqualTo("SUPERSEDED");
        assertThat(watch.next(LinkEvent.CellDeleted.class).cell())
                .isEqualTo(empty.metadata().name());
        assertThat(owner.post(shop.path(api, "/undeployments"), "{\"environment\": \"dev\"}")
                        .status())
                .isEqualTo(409);

        deploy("dev", release("two"));
        assertThat(nextCell().metadata().version()).as("versions go on").isEqualTo(3);
    }

    @Test
    void aConnectionIsPendingUntilItsTargetIsThereAndAdmitsItsCallerThen() {
        ComponentScope orders = shop.component("orders", "service");
        deploy("dev", release(api, "one", descriptor(null, List.of(connection("orders/service/http")))));
        Cell.OtherCell pending = nextCell()
                .spec()
                .components()
                .getFirst()
                .connections()
                .getFirst()
                .otherCell();
        assertThat(pending).extracting(Cell.OtherCell::path).isEqualTo("/service");

        String offering =
                release(orders, "two", descriptor(List.of(endpoint("http", Visibility.ORGANIZATION, "/v2")), null));
        assertThat(deploy(orders, "dev", offering).status()).isEqualTo(201);

        Cell target = nextCell();
        assertThat(target.metadata().project()).isEqualTo("orders");
        assertThat(target.spec().components().getFirst().endpoints().getFirst().callers())
                .extracting(Cell.Caller::cell)
                .containsExactly("store.dev." + shop.organization());
        Cell caller = nextCell();
        assertThat(caller.metadata().project()).isEqualTo("store");
        assertThat(caller.spec()
                        .components()
                        .getFirst()
                        .connections()
                        .getFirst()
                        .otherCell())
                .extracting(Cell.OtherCell::path)
                .isEqualTo("/v2");
    }

    @Test
    void refusesWhatDoesNotFitTheEnvironmentAndNamesTheField() {
        ComponentScope orders = shop.component("orders", "service");
        deploy(
                orders,
                "dev",
                release(orders, "a", descriptor(List.of(endpoint("http", Visibility.PROJECT, null)), null)));
        ComponentScope second = shop.component("store", "second");
        deploy(
                second,
                "dev",
                release(second, "b", descriptor(List.of(endpoint("http", Visibility.PUBLIC, "/taken")), null)));

        assertRefused(descriptor(null, List.of(connection("orders/service/http"))), "connections[0].endpoint");
        assertRefused(descriptor(null, List.of(connection("orders/service/none"))), "connections[0].endpoint");
        assertRefused(descriptor(null, List.of(connection("nowhere/at/all"))), "connections[0].endpoint");
        assertRefused(descriptor(null, List.of(connection("nonsense"))), "connections");
        assertRefused(
                descriptor(
                        List.of(
                                endpoint("one", Visibility.PROJECT, "/taken"),
                                endpoint("two", Visibility.PUBLIC, "/taken/")),
                        null),
                "endpoints[1].path");
        assertRefused(
                d -> new Descriptor(
                        d.apiVersion(),
                        d.kind(),
                        null,
                        null,
                        d.run(),
                        null,
                        null,
                        List.of(new Descriptor.Setting("DATABASE_URL", null, true, null, null)),
                        null,
                        null),
                "configuration[0].name");
        assertRefused(
                d -> new Descriptor(
                        d.apiVersion(),
                        d.kind(),
                        null,
                        null,
                        d.run(),
                        null,
                        null,
                        null,
                        null,
                        new Descriptor.Scale(1, "much", null)),
                "scale.memory");
    }

    @Test
    void ofManyDeploymentsAtOnceOneIsDesiredAndTheHistoryIsWhole() {
        List<String> marks =
                IntStream.range(0, 8).mapToObj(i -> release("m" + i)).toList();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            marks.forEach(release -> pool.execute(() -> deploy("dev", release)));
        }

        var all =
                owner.get(shop.path(api, "/deployments?environment=dev")).json().at("/items");
        assertThat(all).hasSize(marks.size());
        List<String> states = all.findValuesAsString("status");
        assertThat(states.stream().filter(it -> it.equals("PENDING"))).hasSize(1);
        assertThat(states.stream().filter(it -> it.equals("SUPERSEDED"))).hasSize(marks.size() - 1);
        String desired = all.valueStream()
                .filter(it -> it.at("/status").asString().equals("PENDING"))
                .findFirst()
                .orElseThrow()
                .at("/release")
                .asString();
        await().untilAsserted(() -> assertThat(
                        owner.get(shop.path("/projects/store/cells/dev")).text("/document/spec/components/0/release"))
                .isEqualTo(desired));
    }

    @Test
    void reservedAndInvalidSettingsAreRefused() {
        for (String name : List.of("PORT", "CYTOPLANE_X", "1ABC", "A-B")) {
            Client.Answer refused = put("configuration/dev", "\"0\"", "{\"values\": {\"%s\": \"x\"}}".formatted(name));
            assertThat(refused.status()).as(name).isEqualTo(400);
            assertThat(refused.text("/errors/0/field")).isEqualTo("values." + name);
        }
        assertThat(put("configuration/dev", "\"7\"", "{\"values\": {}}").status())
                .isEqualTo(412);
        assertThat(owner.put(shop.path(api, "/configuration/dev"), "{\"values\": {}}")
                        .status())
                .isEqualTo(428);
        assertThat(owner.put(shop.path(api, "/secrets/dev/PORT"), "{\"value\": \"x\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aStreamOfADeploymentEndsWithItsFinalState() {
        Client.Answer created = deploy("dev", release("one"));
        dataPlane.report(Shop.ready(nextCell()));

        String events = owner.get(shop.path(api, "/deployments/" + created.text("/id") + "/events"))
                .response()
                .body();

        assertThat(events).contains("event:status").contains("\"status\":\"LIVE\"");
    }

    private void assertRefused(UnaryOperator<Descriptor> change, String field) {
        String release = release(api, "r" + UUID.randomUUID().toString().substring(0, 6), change);
        Client.Answer refused = deploy("dev", release);
        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(field);
    }

    private Client.Answer live(String environment, String release) {
        Client.Answer created = deploy(environment, release);
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        dataPlane.report(Shop.ready(nextCell()));
        assertThat(deployment(created).text("/status")).isEqualTo("LIVE");
        return created;
    }

    private Cell nextCell() {
        return watch.next(LinkEvent.CellChanged.class).cell();
    }

    private Client.Answer deploy(String environment, String release) {
        return deploy(api, environment, release);
    }

    private Client.Answer deploy(ComponentScope component, String environment, String release) {
        return owner.post(
                shop.path(component, "/deployments"),
                "{\"environment\": \"%s\", \"release\": \"%s\"}".formatted(environment, release));
    }

    private Client.Answer promote(String to) {
        return owner.post(shop.path(api, "/promotions"), "{\"to\": \"%s\"}".formatted(to));
    }

    private Client.Answer put(String path, String ifMatch, String body) {
        return owner.with("If-Match", ifMatch).put(shop.path(api, "/" + path), body);
    }

    private Client.Answer deployment(Client.Answer created) {
        return owner.get(shop.path(api, "/deployments/" + created.text("/id")));
    }

    private Client.Answer oldest() {
        return owner.get(shop.path(api, "/deployments?sort=createdAt&limit=1"));
    }

    private String release(String mark) {
        return release(api, mark, it -> it);
    }

    private String release(ComponentScope component, String mark, UnaryOperator<Descriptor> change) {
        return shop.release(component, mark, change).id();
    }

    private static UnaryOperator<Descriptor> descriptor(
            @Nullable List<Descriptor.Endpoint> endpoints, @Nullable List<Descriptor.Connection> connections) {
        return d ->
                new Descriptor(d.apiVersion(), d.kind(), null, null, d.run(), endpoints, connections, null, null, null);
    }

    private static Descriptor.Endpoint endpoint(String name, Visibility visibility, @Nullable String path) {
        return new Descriptor.Endpoint(name, null, null, null, visibility, path, null, null);
    }

    private static Descriptor.Connection connection(String target) {
        return new Descriptor.Connection("other", target, null, null);
    }
}
