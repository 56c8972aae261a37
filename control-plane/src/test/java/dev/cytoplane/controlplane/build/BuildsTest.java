package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ControlPlaneTest
class BuildsTest {

    @LocalServerPort
    int port;

    @Autowired
    BuildWorkers workers;

    @Autowired
    BuildQueue queue;

    @Autowired
    Folders folders;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Tenancy tenancy;

    @TempDir
    Path folder;

    @Test
    void theSameCommitGivesTheSameReleaseAlsoWhenItIsBuiltAgain() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, PushTest.SITE);
        git.push(component.gitUrl(), component.token(), "main");
        String release = component.newest().text("/release");

        Client.Answer again = component.finished(component.build("{}").text("/id"));
        Client.Answer forced = component.finished(component
                .build("{\"commit\": \"%s\", \"force\": true}".formatted(git.head()))
                .text("/id"));

        assertThat(again.text("/release")).isEqualTo(release);
        assertThat(again.text("/stages/2/status")).isEqualTo("SKIPPED");
        assertThat(forced.text("/release")).isEqualTo(release);
        assertThat(forced.text("/stages/2/status")).isEqualTo("SUCCEEDED");
        assertThat(folders.leftBehind()).isEmpty();
    }

    @Test
    void anotherCommitOfEqualFilesIsTheSameReleaseAndOtherFilesAreAnother() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, PushTest.SITE);
        git.push(component.gitUrl(), component.token(), "main");
        String release = component.newest().text("/release");
        git.commit("Nothing", Map.of());
        git.push(component.gitUrl(), component.token(), "main");
        String equal = component.newest().text("/release");
        git.commit("Something", Map.of("more.html", "x"));
        git.push(component.gitUrl(), component.token(), "main");

        assertThat(equal).isEqualTo(release);
        assertThat(component.newest().text("/release")).isNotEqualTo(release);
    }

    @Test
    void buildsTheDirectoryOfAMonorepo() {
        TestComponent component = TestComponent.create(
                port, ", \"autoDeploy\": false, \"source\": {\"kind\": \"platform\", \"directory\": \"web\"}");
        GitFolder git = GitFolder.create(folder, Map.of("web/index.html", "x", "pom.xml", "<broken"));
        git.push(component.gitUrl(), component.token(), "main");
        Client.Answer first = component.newest();
        git.commit("Elsewhere", Map.of("other/file", "x"));
        git.push(component.gitUrl(), component.token(), "main");
        Client.Answer second = component.newest();

        assertThat(first.text("/builder")).as(first.toString()).isEqualTo("static");
        assertThat(second.text("/release")).isEqualTo(first.text("/release"));
        assertThat(second.text("/stages/2/status")).isEqualTo("SKIPPED");
    }

    @Test
    void saysWhichFieldOfARequestIsWrong() {
        TestComponent component = TestComponent.onlyBuilt(port);
        Client client = component.client();
        String builds = component.path() + "/builds";

        assertThat(client.post(builds, "{\"commit\": \"abc\"}").text("/errors/0/field"))
                .isEqualTo("commit");
        assertThat(client.post(builds, "{\"branch\": \"a..b\"}").text("/errors/0/field"))
                .isEqualTo("branch");
        assertThat(client.post(builds, "{\"forced\": true}").text("/errors/0/field"))
                .isEqualTo("forced");
        assertThat(client.post(builds, "{\"commit\": \"%s\"}".formatted("0".repeat(40)))
                        .status())
                .isEqualTo(400);
        assertThat(client.post(builds, "{}").status()).isEqualTo(409);
        assertThat(client.get(builds + "/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(client.get(builds + "/nonsense").status()).isEqualTo(400);
        assertThat(client.get(builds + "?status=NONE").status()).isEqualTo(400);
    }

    @Test
    @NodeInstalled
    void aRunningBuildIsCancelledWithAllItsProcesses() {
        TestComponent component = TestComponent.onlyBuilt(port);
        String build = start(component, folder.resolve("never"));
        Client.Answer cancelled = component.client().post(component.path() + "/builds/" + build + "/cancel", "");

        assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(200);
        assertThat(component.finished(build).text("/status")).isEqualTo("CANCELLED");
        await().until(() -> folders.leftBehind().isEmpty());
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info().arguments().stream()
                                .flatMap(java.util.Arrays::stream)
                                .anyMatch("build.js"::equals))
                        .toList())
                .isEmpty();
        assertThat(component
                        .client()
                        .post(component.path() + "/builds/" + build + "/cancel", "")
                        .status())
                .isEqualTo(409);
    }

    @Test
    @NodeInstalled
    void aSecondBuildOfAComponentWaitsAndCanBeCancelledAtOnce() throws Exception {
        TestComponent component = TestComponent.onlyBuilt(port);
        Path gate = folder.resolve("gate");
        String first = start(component, gate);
        String second = component.build("{}").text("/id");

        Client.Answer cancelled = component.client().post(component.path() + "/builds/" + second + "/cancel", "");
        Files.createFile(gate);

        assertThat(cancelled.text("/status")).isEqualTo("CANCELLED");
        assertThat(component.finished(first).text("/status")).isEqualTo("SUCCEEDED");
    }

    @Test
    @NodeInstalled
    void aPlatformThatStopsBuildsAgainWhenItStarts() throws Exception {
        TestComponent component = TestComponent.onlyBuilt(port);
        Path gate = folder.resolve("gate");
        String build = start(component, gate);

        workers.stop();
        Client.Answer between = component.client().get(component.path() + "/builds/" + build);
        Files.createFile(gate);
        workers.start();

        assertThat(between.text("/status")).isEqualTo("QUEUED");
        assertThat(component.finished(build).text("/status")).isEqualTo("SUCCEEDED");
    }

    @Test
    void whatALostPlatformWasAtIsTakenOverAndGivenUpAfterThreeTimes() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, PushTest.SITE);
        git.push(component.gitUrl(), component.token(), "main");
        String build = component.newest().text("/id");

        abandon(build, "another", 1);
        await().until(() -> component
                        .client()
                        .get(component.path() + "/builds/" + build)
                        .json()
                        .at("/attempt")
                        .asInt()
                == 2);
        assertThat(component.finished(build).text("/status")).isEqualTo("SUCCEEDED");

        abandon(build, queue.owner(), 3);
        Client.Answer given = component.finished(build);
        assertThat(given.text("/status")).isEqualTo("FAILED");
        assertThat(given.text("/error")).contains("3 times");
    }

    /** As a control plane leaves a row behind that was killed with this build at hand. */
    private void abandon(String build, String owner, int attempt) {
        tenancy.asPlatform(() -> new TransactionTemplate(transactions)
                .execute(status -> jdbc.sql("""
                        update builds set status = 'RUNNING', lease_owner = ?,
                            lease_until = now() - interval '1 second', finished_at = null, error = null,
                            release_id = null, attempt = ? where id = ?""")
                        .params(owner, attempt, UUID.fromString(build))
                        .update()));
    }

    @Test
    @NodeInstalled
    void eventsGoOnWhereTheyWereCutOff() throws Exception {
        TestComponent component = TestComponent.onlyBuilt(port);
        Path gate = folder.resolve("gate");
        String build = start(component, gate);
        Files.createFile(gate);
        component.finished(build);
        String path = component.path() + "/builds/" + build + "/events";

        String all = component.client().get(path).response().body();
        String lastId = all.lines()
                .filter(line -> line.startsWith("id: "))
                .reduce((a, b) -> b)
                .orElseThrow();
        String rest = component
                .client()
                .with("Last-Event-ID", lastId.substring(4))
                .get(path)
                .response()
                .body();
        String again = component
                .client()
                .with("Last-Event-ID", "0-0")
                .get(path)
                .response()
                .body();

        assertThat(all).contains("event: log").contains("waiting at the gate").contains("\"status\":\"SUCCEEDED\"");
        assertThat(rest).doesNotContain("event:");
        assertThat(again).contains("waiting at the gate");
    }

    /** A build that is running and waits for the gate. */
    private String start(TestComponent component, Path gate) {
        GitFolder git = GitFolder.create(folder, PushTest.waiting(gate));
        Thread.ofVirtual().start(() -> git.push(component.gitUrl(), component.token(), "main"));
        String build = await().until(
                        () -> component
                                .client()
                                .get(component.path() + "/builds")
                                .text("/items/0/id"),
                        id -> !id.isEmpty());
        await().until(() -> component.log(build).contains("waiting at the gate"));
        return build;
    }
}
