package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Descriptor;
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
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A component on a data plane that joined and watches over the real link; each test has an organization of its own. */
@ControlPlaneTest
abstract class ShopOnADataPlane {

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

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Deadlines deadlines;

    Client owner;
    Client admin;
    TestDataPlane dataPlane;
    TestDataPlane.Watch watch;
    Shop shop;
    ComponentScope api;
    String name;
    int link;

    @BeforeEach
    void open() {
        owner = Client.of(port, "olga");
        name = "dp-" + UUID.randomUUID().toString().substring(0, 8);
        admin = owner.withToken(TestIssuer.SHARED.platformAdmin("root"));
        link = listeners.port(Listener.LINK).orElseThrow();
        dataPlane = TestDataPlane.joined(admin, link, authority.trustBundle(), name);
        watch = dataPlane.watch(null);
        shop = new Shop(owner, name, releases, tenancy);
        api = shop.component("store", "api");
    }

    @AfterEach
    void close() {
        watch.close();
    }

    Client.Answer live(String environment, String release) {
        Client.Answer created = deploy(environment, release);
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        dataPlane.report(Shop.ready(nextCell()));
        assertThat(deployment(created).text("/status")).isEqualTo("LIVE");
        return created;
    }

    Cell nextCell() {
        return watch.next(LinkEvent.CellChanged.class).cell();
    }

    Client.Answer deploy(String environment, String release) {
        return deploy(api, environment, release);
    }

    Client.Answer deploy(ComponentScope component, String environment, String release) {
        return owner.post(
                shop.path(component, "/deployments"),
                "{\"environment\": \"%s\", \"release\": \"%s\"}".formatted(environment, release));
    }

    Client.Answer put(String path, String ifMatch, String body) {
        return owner.with("If-Match", ifMatch).put(shop.path(api, "/" + path), body);
    }

    Client.Answer deployment(Client.Answer created) {
        return owner.get(shop.path(api, "/deployments/" + created.text("/id")));
    }

    String release(String mark) {
        return release(api, mark, it -> it);
    }

    String release(ComponentScope component, String mark, UnaryOperator<Descriptor> change) {
        return shop.release(component, mark, change).id();
    }

    /** The rows are as they would be later, so that nobody has to wait for it. */
    void passTheDeadline() {
        tenancy.in(
                api.organizationId(),
                () -> transaction.executeWithoutResult(
                        status -> jdbc.sql("""
                        update deployments set deadline = now() - interval '1 second' where component_id = ?""").param(api.componentId()).update()));
        // What somebody else changes in the same moment is left to the next look, as in operation.
        await().until(() -> {
            deadlines.enforce();
            return overdue() == 0;
        });
    }

    private long overdue() {
        return tenancy.in(
                api.organizationId(),
                () -> Objects.requireNonNull(transaction.execute(status ->
                        jdbc.sql("""
                        select count(*) from deployments where component_id = ?
                        and status in ('PENDING', 'PROGRESSING') and deadline < now()""").param(api.componentId()).query(Long.class).single())));
    }
}
