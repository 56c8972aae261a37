package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.api.TestIssuer;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

@ControlPlaneTest
class PushTest {

    static final Map<String, String> SITE = Map.of("index.html", "<h1>Hello</h1>\n");

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void aPushIsBuiltAndAnswersInTheTerminal() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, SITE);

        GitFolder.Result push = git.push(component.gitUrl(), component.token(), "main");

        assertThat(push.exit()).as(push.output()).isZero();
        assertThat(push.output())
                .contains("remote: -----> Building " + git.head().substring(0, 12))
                .contains("Builder: static, since it has index.html.")
                .containsPattern("remote: -----> r-[0-9a-f]{12} is ready");
        Client.Answer builds = component.client().get(component.path() + "/builds");
        assertThat(builds.text("/items/0/status")).as(builds.toString()).isEqualTo("SUCCEEDED");
        assertThat(builds.text("/items/0/commit")).isEqualTo(git.head());
        assertThat(builds.json().at("/items/0/stages").findValuesAsString("status"))
                .containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
        Client.Answer release =
                component.client().get(component.path() + "/releases/" + builds.text("/items/0/release"));
        assertThat(release.text("/artifact/kind")).as(release.toString()).isEqualTo("STATIC");
    }

    @Test
    void aPushToAnotherBranchSaysWhyNothingIsBuilt() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, SITE);

        GitFolder.Result push = git.push(component.gitUrl(), component.token(), "main:topic");

        assertThat(push.exit()).isZero();
        assertThat(push.output()).contains("No build was started").contains("main");
        assertThat(component
                        .client()
                        .get(component.path() + "/builds")
                        .json()
                        .at("/items")
                        .size())
                .isZero();
    }

    @Test
    void takesOnlyBranchesAndTags() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, SITE);
        git.push(component.gitUrl(), component.token(), "main");

        GitFolder.Result push = git.push(
                component.gitUrl(),
                component.token(),
                "main:refs/heads/uploads/x",
                "main:refs/notes/x",
                "main:refs/tags/v1");

        assertThat(push.output())
                .contains("branches under uploads/ are made by uploads")
                .contains("only branches and tags can be pushed")
                .contains("[new tag]");
        assertThat(git.push(component.gitUrl(), component.token(), ":main").output())
                .contains("cannot be deleted");
    }

    @Test
    void whatWasPushedCanBeClonedAndUploadsAreNotShown() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, SITE);
        git.push(component.gitUrl(), component.token(), "main");
        String url = component.gitUrl().replace("://", "://git:" + component.token() + "@");

        GitFolder.Result clone =
                git.run("clone", "--quiet", url, folder.resolve("clone").toString());

        assertThat(clone.exit()).as(clone.output()).isZero();
        assertThat(new GitFolder(folder.resolve("clone")).head()).isEqualTo(git.head());
    }

    @Test
    void letsInNobodyWithoutTheRole() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, SITE);
        component
                .client()
                .post(
                        "/api/v1/organizations/" + component.organization() + "/members",
                        "{\"username\": \"eve\", \"role\": \"viewer\"}");

        assertThat(git.push(component.gitUrl(), "nonsense", "main").output()).contains("Authentication failed");
        assertThat(git.push(component.gitUrl(), TestIssuer.SHARED.forged("ann"), "main")
                        .output())
                .contains("Authentication failed");
        assertThat(git.push(component.gitUrl(), TestIssuer.SHARED.token("stranger"), "main")
                        .output())
                .contains("not found");
        assertThat(Client.anonymous(port)
                        .get("/git/" + component.organization() + "/shop/api.git/HEAD")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tellsWhatIsWrongWithTheDescriptorAndFails() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(
                folder,
                Map.of(
                        "index.html",
                        "",
                        "cytoplane.yaml",
                        "apiVersion: cytoplane.dev/v1alpha1\nkind: Component\ntipe: x\n"));

        GitFolder.Result push = git.push(component.gitUrl(), component.token(), "main");

        assertThat(push.exit()).as("the commit is taken in").isZero();
        assertThat(push.output()).contains("line 3: tipe is not a field here").contains("The build failed");
        Client.Answer build = component.newest();
        assertThat(build.text("/status")).isEqualTo("FAILED");
        assertThat(build.text("/error")).contains("tipe");
    }

    @Test
    @NodeInstalled
    void thePusherReadsAlongWhileTheBuildRunsAndMayLeave() throws Exception {
        TestComponent component = TestComponent.onlyBuilt(port);
        Path gate = folder.resolve("gate");
        GitFolder git = GitFolder.create(folder, waiting(gate));
        Process push = git.start(
                List.of("push", component.gitUrl().replace("://", "://git:" + component.token() + "@"), "main"));
        try (BufferedReader output = push.inputReader()) {
            assertThat(output.lines().anyMatch(line -> line.contains("waiting at the gate")))
                    .isTrue();
            push.destroy();
        }

        Files.createFile(gate);

        assertThat(component.newest().text("/status")).isEqualTo("SUCCEEDED");
    }

    /** A Node.js component whose build waits for a file. */
    static Map<String, String> waiting(Path gate) {
        return Map.of("package.json", """
                {"name": "slow", "scripts": {"build": "node build.js", "start": "node server.js"}}""", "server.js", "", "build.js", """
                const fs = require('fs');
                console.log('waiting at the gate');
                const look = setInterval(() => { if (fs.existsSync('%s')) clearInterval(look); }, 20);
                """.formatted(gate));
    }
}
