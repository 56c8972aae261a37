package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.api.TestIssuer;
import dev.cytoplane.controlplane.build.GitFolder;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import dev.cytoplane.controlplane.dataplane.link.TestDataPlane;
import dev.cytoplane.controlplane.listener.Listener;
import dev.cytoplane.controlplane.listener.Listeners;
import dev.cytoplane.controlplane.release.Releases;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a push leads to, on a data plane that takes everything in at once. */
@ControlPlaneTest
class BuiltDeploymentTest {

    private static final Map<String, String> RED = Map.of("index.html", "red\n");
    private static final Map<String, String> BLUE = Map.of("index.html", "blue\n");

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Autowired
    Listeners listeners;

    @Autowired
    Authority authority;

    @Autowired
    Releases releases;

    @Autowired
    Tenancy tenancy;

    private Client owner;
    private TestDataPlane.Watch watch;
    private Shop shop;
    private ComponentScope site;

    @BeforeEach
    void open() {
        owner = Client.of(port, "olga");
        String name = "dp-" + UUID.randomUUID().toString().substring(0, 8);
        Client admin = owner.withToken(TestIssuer.SHARED.platformAdmin("root"));
        int link = listeners.port(Listener.LINK).orElseThrow();
        TestDataPlane dataPlane = TestDataPlane.joined(admin, link, authority.trustBundle(), name);
        watch = dataPlane.watch(null);
        shop = new Shop(owner, name, releases, tenancy);
        site = shop.component("store", "site");
        Thread.ofVirtual().start(() -> takeIn(dataPlane));
    }

    private void takeIn(TestDataPlane dataPlane) {
        try {
            while (watch.lines().hasNext()) {
                if (watch.next() instanceof LinkEvent.CellChanged changed) {
                    dataPlane.report(Shop.ready(changed.cell()));
                }
            }
        } catch (UncheckedIOException e) {
            // The watch was closed: the test is over.
        }
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aPushTellsOfItsOwnDeploymentThoughItsReleaseWentElsewhereSince() {
        GitFolder git = GitFolder.create(folder, RED);
        assertThat(push(git)).contains(" is live in dev");
        String red = newestBuild().text("/items/0/release");
        Client.Answer promoted = owner.post(shop.path(site, "/promotions"), "{\"to\": \"test\"}");
        assertThat(promoted.status()).as("%s", promoted).isEqualTo(201);
        owner.get(shop.path(site, "/deployments/" + promoted.text("/id") + "/events"));
        git.commit("Blue", BLUE);
        assertThat(push(git)).contains(" is live in dev");

        git.commit("Red again", RED);
        String again = push(git);

        assertThat(again).contains("Deploying " + red + " to dev", red + " is live in dev");
        assertThat(again).doesNotContain("to test", "in test", "took its place");
        Client.Answer builds = newestBuild();
        assertThat(builds.text("/items/0/release")).isEqualTo(red);
        Client.Answer deployment = owner.get(shop.path(site, "/deployments/" + builds.text("/items/0/deployment")));
        assertThat(deployment.text("/environment")).isEqualTo("dev");
        assertThat(deployment.text("/status")).isEqualTo("LIVE");
        assertThat(builds.text("/items/2/deployment"))
                .as("the first build of that release keeps its own")
                .isNotEqualTo(deployment.text("/id"));
    }

    private Client.Answer newestBuild() {
        return owner.get(shop.path(site, "/builds?sort=-createdAt"));
    }

    private String push(GitFolder git) {
        String url = "http://localhost:%d/git/%s/store/site.git".formatted(port, shop.organization());
        GitFolder.Result push = git.push(url, String.valueOf(owner.token()), "main");
        assertThat(push.exit()).as(push.output()).isZero();
        return push.output();
    }
}
