package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.build.GitFolder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a push leads to, on a data plane that takes everything in at once. */
class BuiltDeploymentTests extends ShopOnADataPlane {

    private static final Map<String, String> RED = Map.of("index.html", "red\n");
    private static final Map<String, String> BLUE = Map.of("index.html", "blue\n");

    @TempDir
    Path folder;

    @Test
    void aPushTellsOfItsOwnDeploymentThoughItsReleaseWentElsewhereSince() {
        Thread.ofVirtual().start(this::takeIn);
        GitFolder git = GitFolder.create(folder, RED);
        assertThat(push(git)).contains(" is live in dev");
        String red = newestBuild().text("/items/0/release");
        Client.Answer promoted = owner.post(shop.path(api, "/promotions"), "{\"to\": \"test\"}");
        assertThat(promoted.status()).as("%s", promoted).isEqualTo(201);
        owner.get(shop.path(api, "/deployments/" + promoted.text("/id") + "/events"));
        git.commit("Blue", BLUE);
        assertThat(push(git)).contains(" is live in dev");

        git.commit("Red again", RED);
        String again = push(git);

        assertThat(again).contains("Deploying " + red + " to dev", red + " is live in dev");
        assertThat(again).doesNotContain("to test", "in test", "took its place");
        Client.Answer builds = newestBuild();
        assertThat(builds.text("/items/0/release")).isEqualTo(red);
        Client.Answer deployment = owner.get(shop.path(api, "/deployments/" + builds.text("/items/0/deployment")));
        assertThat(deployment.text("/environment")).isEqualTo("dev");
        assertThat(deployment.text("/status")).isEqualTo("LIVE");
        assertThat(builds.text("/items/2/deployment"))
                .as("the first build of that release keeps its own")
                .isNotEqualTo(deployment.text("/id"));
    }

    private void takeIn() {
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

    private Client.Answer newestBuild() {
        return owner.get(shop.path(api, "/builds?sort=-createdAt"));
    }

    private String push(GitFolder git) {
        String url = "http://localhost:%d/git/%s/store/api.git".formatted(port, shop.organization());
        GitFolder.Result push = git.push(url, String.valueOf(owner.token()), "main");
        assertThat(push.exit()).as(push.output()).isZero();
        return push.output();
    }
}
