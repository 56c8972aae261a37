package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The outside Git host of these tests is the platform's own: real Git over HTTP, behind a sign-in. */
@ControlPlaneTest
class OutsideRepositoryTest {

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void fetchesWithTheComponentsCredentialsAndBuildsTheNewestCommit() {
        TestComponent host = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, PushTest.SITE);
        git.push(host.gitUrl(), host.token(), "main");
        TestComponent component = outside(host.gitUrl(), host.token());

        Client.Answer first = component.finished(component.build("{}").text("/id"));
        String second = git.commit("Second", Map.of("index.html", "two"));
        git.push(host.gitUrl(), host.token(), "main");
        Client.Answer newest = component.finished(component.build("{}").text("/id"));

        assertThat(first.text("/status")).as(first.toString()).isEqualTo("SUCCEEDED");
        assertThat(newest.text("/commit")).isEqualTo(second);
        assertThat(newest.text("/release")).isNotEqualTo(first.text("/release"));
    }

    @Test
    void saysWhatIsMissing() {
        TestComponent host = TestComponent.onlyBuilt(port);
        GitFolder.create(folder, PushTest.SITE).push(host.gitUrl(), host.token(), "main");

        assertThat(error(outside(host.gitUrl(), "wrong"), "{}")).contains("source.credentials");
        assertThat(error(outside(host.gitUrl(), host.token()), "{\"branch\": \"nowhere\"}"))
                .contains("has no branch nowhere");
        assertThat(error(outside(host.gitUrl().replace("/api.git", "/other.git"), host.token()), "{}"))
                .contains("not found");
    }

    @Test
    void neverCallsThePlatformsOwnNetwork() {
        assertThat(error(outside("https://127.0.0.1:" + port + "/a.git", "x"), "{}"))
                .contains("private network");
        assertThat(error(outside("https://169.254.169.254/latest/meta-data", "x"), "{}"))
                .contains("private network");
        assertThat(error(outside("http://127.0.0.1:" + port + "/a.git", "x"), "{}"))
                .contains("over https");
    }

    @Test
    void takesNoPushes() {
        TestComponent component = outside("https://git.example.com/a.git", "x");
        GitFolder git = GitFolder.create(folder, PushTest.SITE);

        assertThat(git.push(component.gitUrl(), component.token(), "main").output())
                .contains("this component is built from https://git.example.com/a.git");
    }

    private String error(TestComponent component, String body) {
        Client.Answer build = component.finished(component.build(body).text("/id"));
        assertThat(build.text("/status")).as(build.toString()).isEqualTo("FAILED");
        return build.text("/error");
    }

    private TestComponent outside(String url, String password) {
        return TestComponent.create(port, """
                , "autoDeploy": false, "source": {"kind": "git", "url": "%s",
                "credentials": {"username": "git", "password": "%s"}}""".formatted(url, password));
    }
}
