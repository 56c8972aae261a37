package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

@ControlPlaneTest
class PushTest {

    static final Map<String, String> NODE_SERVICE = Map.of(
            "package.json", """
            {"name": "hello", "scripts": {"start": "node server.js"}}""",
            "server.js", "console.log('hello')\n");

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void aPushIsBuiltAndAnswersInTheTerminal() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, NODE_SERVICE);

        GitFolder.Result push = git.push(component.gitUrl(), component.token(), "main");

        assertThat(push.exit()).as(push.output()).isZero();
        assertThat(push.output())
                .contains("remote: -----> Building " + git.head().substring(0, 12))
                .contains("Builder: node")
                .containsPattern("remote: -----> r-[0-9a-f]{12} is ready");
        Client.Answer builds = component.client().get(component.path() + "/builds");
        assertThat(builds.text("/items/0/status")).as(builds.toString()).isEqualTo("SUCCEEDED");
        assertThat(builds.text("/items/0/commit")).isEqualTo(git.head());
        Client.Answer release =
                component.client().get(component.path() + "/releases/" + builds.text("/items/0/release"));
        assertThat(release.json().at("/descriptor/run/command").toString()).isEqualTo("[\"node\",\"server.js\"]");
    }
}
