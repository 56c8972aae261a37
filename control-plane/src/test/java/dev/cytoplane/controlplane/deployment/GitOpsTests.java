package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.build.GitFolder;
import dev.cytoplane.controlplane.dataplane.link.TestDataPlane;
import dev.cytoplane.controlplane.gitops.TestGitHost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Cells in a Git repository elsewhere. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class GitOpsTests extends ShopInGit {

    @Test
    void aCellIsWrittenChangedAndRemoved() {
        deliver("");
        live("dev", release("one"));

        JsonNode first = inSync(1);
        GitFolder clone = clonedByAPerson();
        assertThat(log(clone))
                .contains("store.dev." + shop.organization() + ": version 1")
                .contains("api: r-")
                .contains("(new)")
                .contains("Cell-Version: 1")
                .contains("Caused-by: olga");
        assertThat(clone.run("log", "-1", "--format=%an|%cn").output().strip()).isEqualTo("olga|Cytoplane");
        assertThat(first.at("/repository/commit").asString()).isEqualTo(clone.head());
        assertThat(first.at("/writtenCommit").asString()).isEqualTo(clone.head());
        assertThat(first.at("/repository/author").asString()).isEqualTo("olga");
        assertThat(first.at("/applied/version").asLong()).isEqualTo(1);
        assertThat(first.at("/applied/ready").asBoolean()).isTrue();
        Map<String, Object> file = yaml(clone);
        assertThat(file).containsEntry("apiVersion", "cytoplane.dev/v1alpha1").containsEntry("kind", "Cell");
        assertThat(file.get("metadata"))
                .isEqualTo(Map.of(
                        "name",
                        "store.dev." + shop.organization(),
                        "annotations",
                        Map.of("cytoplane.dev/version", "1")));

        live("dev", release("two"));
        inSync(2);
        clone.run("pull", "--quiet");
        assertThat(log(clone)).contains("version 2").contains("(was r-");
        assertThat(clone.run("rev-list", "--count", "HEAD").output().strip()).isEqualTo("2");

        assertThat(owner.post(shop.path(api, "/undeployments"), "{\"environment\": \"dev\"}")
                        .status())
                .as("an undeployment")
                .isLessThan(300);
        await().atMost(PATIENCE).untilAsserted(() -> {
            clone.run("pull", "--quiet");
            assertThat(clone.folder().resolve(FILE)).doesNotExist();
        });
        // Where the directory is missing a tool that prunes fails.
        assertThat(clone.folder().resolve("cells/dev/README.md")).exists();
        assertThat(log(clone)).contains(": removed").contains("Caused-by: olga");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cells().at("/items").size()).isZero());
    }

    @Test
    void twoWritersLoseNothing() {
        deliver("");
        live("dev", release("one"));
        inSync(1);
        GitFolder person = clonedByAPerson();
        person.commit("Meanwhile", Map.of("meanwhile.txt", "x"));
        // In the moment in which the platform pushes; what it read before is the tip no more.
        host.beforeNextPush(() -> assertThat(push(person).exit()).isZero());

        live("dev", release("two"));
        inSync(2);

        person.run("pull", "--quiet");
        assertThat(person.run("log", "--format=%s").output().lines())
                .containsExactly(
                        "store.dev." + shop.organization() + ": version 2",
                        "Meanwhile",
                        "store.dev." + shop.organization() + ": version 1");
        assertThat(person.run("log", "--merges", "--oneline").output()).isEmpty();
    }

    @Test
    void whatIsWrongWithTheRepositoryIsSaidAndGoneWhenItIsRightAgain() {
        host.rename("cells", "moved");
        deliver("");
        live("dev", release("one"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(delivery().at("/lastError").asString()).contains("not found"));
        assertThat(only().at("/sync").asString()).isEqualTo("PENDING");

        host.rename("moved", "cells");
        inSync(1);
        assertThat(delivery().at("/lastError").isMissingNode()
                        || delivery().at("/lastError").isNull())
                .isTrue();

        host.refuse("the branch is protected");
        live("dev", release("two"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(only().at("/lastError").asString())
                        .contains("does not take the commit")
                        .contains("the branch is protected"));
        host.refuse("");
        inSync(2);
    }

    @Test
    void aWrongTokenIsSaidAndNeverShown() {
        put("\"*\"", body(", \"credentials\": {\"username\": \"writer\", \"token\": \"wrong-token\"}"));
        live("dev", release("one"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(delivery().at("/lastError").asString()).contains("credentials"));
        String shown = owner.get(shop.path("/environments/dev/delivery")).toString()
                + owner.get(shop.path("/audit?limit=50")).toString()
                + owner.get(shop.path("/activity?limit=50")).toString();
        assertThat(shown).doesNotContain("wrong-token").contains("\"hasCredentials\":true");

        deliver("");
        inSync(1);
        // Those for another address are not sent there.
        Client.Answer moved = put(etag(), """
                {"url": "%s", "directory": "cells/dev"}""".formatted(host.create("elsewhere")));
        assertThat(moved.json().at("/hasCredentials").asBoolean()).isFalse();
    }

    @Test
    void aPushWhoseEndNobodySawIsKnownAsOurs() {
        deliver("");
        live("dev", release("one"));
        inSync(1);
        host.loseNextAnswer();
        live("dev", release("two"));
        await().atMost(PATIENCE).until(host::hasLostIt);
        live("dev", release("three"));

        inSync(3);
        GitFolder clone = clonedByAPerson();
        assertThat(clone.run("log", "--format=%s").output().lines())
                .containsExactly(
                        "store.dev." + shop.organization() + ": version 3",
                        "store.dev." + shop.organization() + ": version 2",
                        "store.dev." + shop.organization() + ": version 1");
        assertThat(owner.get(shop.path("/activity?kind=cell")).toString()).doesNotContain("cell.drifted");
    }

    @Test
    void environmentsShareARepository() {
        deliver("");
        Client.Answer other = owner.put(
                shop.path("/environments/test/delivery"),
                "{\"url\": \"%s\", \"directory\": \"cells/test\"%s}".formatted(url, credentials()));
        assertThat(other.status()).as("%s", other).isEqualTo(201);
        String release = release("one");
        live("dev", release);
        live("test", release);

        inSync(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(owner.get(shop.path("/environments/test/delivery/cells?sync=IN_SYNC"))
                                .json()
                                .at("/items")
                                .size())
                        .isEqualTo(1));
        GitFolder clone = clonedByAPerson();
        assertThat(clone.folder().resolve(FILE)).exists();
        assertThat(clone.folder().resolve("cells/test/store.yaml")).exists();
        owner.delete(shop.path("/environments/test/delivery"));
    }

    @Test
    void whatIsPlacedOnAnotherDataPlaneIsNotWritten() {
        String elsewhere = name + "e";
        TestDataPlane other = TestDataPlane.joined(admin, link, authority.trustBundle(), elsewhere);
        ComponentScope placed = shop.component("placed", "web");
        Client.Answer placing =
                owner.put(shop.path("/projects/placed/placements/dev"), "{\"dataPlane\": \"%s\"}".formatted(elsewhere));
        assertThat(placing.status()).as("%s", placing).isLessThan(300);
        deliver("");
        try (TestDataPlane.Watch told = other.watch(null)) {
            deploy(placed, "dev", release(placed, "other", it -> it));
            told.nextCell(it -> it.metadata().project().equals("placed"));
            live("dev", release("one"));
            inSync(1);

            assertThat(cells().at("/items").size()).isEqualTo(1);
            assertThat(clonedByAPerson().folder().resolve("cells/dev")).isDirectoryNotContaining("glob:**placed*");
        }
    }

    @Test
    void nothingThatIsSecretGetsThere() {
        assertThat(owner.put(shop.path(api, "/secrets/dev/TOKEN"), "{\"value\": \"hush-hush-4711\"}")
                        .status())
                .isLessThan(300);
        deliver("");
        live("dev", release("one"));
        inSync(1);

        GitFolder clone = clonedByAPerson();
        String all = read(clone)
                + log(clone)
                + clone.run("grep", "--text", "-e", "hush", "HEAD").output();
        assertThat(all)
                .contains("TOKEN")
                .contains("ciphertext")
                .doesNotContain("hush-hush-4711")
                .doesNotContain(TestGitHost.TOKEN);
    }

    @Test
    void deliveredByGitTheDataPlaneIsToldSoAndAgainWhenThatEnds() {
        Client.Answer refused = put("\"*\"", body(", \"mode\": \"git\"" + credentials()));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("mode");

        String cluster = name + "k";
        TestDataPlane onKubernetes = TestDataPlane.joined(admin, link, authority.trustBundle(), cluster, "kubernetes");
        Shop east = new Shop(owner, cluster, releases, tenancy);
        var component = east.component("plain", "web");
        try (TestDataPlane.Watch told = onKubernetes.watch(null)) {
            assertThat(owner.post(
                                    east.path(component, "/deployments"),
                                    "{\"environment\": \"dev\", \"release\": \"%s\"}"
                                            .formatted(east.release(component, "one", it -> it)
                                                    .id()))
                            .status())
                    .isEqualTo(201);
            Cell byLink = told.nextCell(it -> it.spec().components().size() == 1);
            assertThat(byLink.metadata().delivery()).isNull();

            String path = east.path("/environments/dev/delivery");
            assertThat(owner.put(path, body(", \"mode\": \"git\"" + credentials()))
                            .status())
                    .isEqualTo(201);
            Cell byGit = told.nextCell(it -> it.metadata().delivery() == Cell.Delivery.GIT);
            assertThat(byGit.metadata().version()).isEqualTo(byLink.metadata().version());
            assertThat(byGit.spec()).isEqualTo(byLink.spec());

            onKubernetes.report(missing(byGit));
            JsonNode deployment =
                    owner.get(east.path(component, "/deployments")).json().at("/items/0");
            assertThat(deployment.at("/status").asString()).isEqualTo("PROGRESSING");
            assertThat(deployment.at("/message").asString()).isEqualTo("Nobody brought it.");
            assertThat(owner.get(path + "/cells")
                            .json()
                            .at("/items/0/applied/message")
                            .asString())
                    .isEqualTo("Nobody brought it.");

            // Whoever reverts a commit goes back to an earlier version, and its artifact is there for it.
            String before = byGit.spec().components().getFirst().artifact().digest();
            owner.post(
                    east.path(component, "/deployments"),
                    "{\"environment\": \"dev\", \"release\": \"%s\"}"
                            .formatted(east.release(component, "two", it -> it).id()));
            byLink = told.nextCell(it -> it.metadata().version() == 2);
            assertThat(byLink.metadata().delivery()).isEqualTo(Cell.Delivery.GIT);
            assertThat(feed.references(cluster, before)).isTrue();

            assertThat(owner.delete(path).status()).isEqualTo(204);
            assertThat(told.nextCell(it -> it.metadata().delivery() == null).spec())
                    .isEqualTo(byLink.spec());
            assertThat(feed.references(cluster, before)).isFalse();
            assertThat(owner.get(path).status()).isEqualTo(404);
        }
    }

    @Test
    void whatCannotBeIsRefusedWithTheField() {
        refused("{\"url\": \"file:///etc\"}", "url");
        refused("{\"url\": \"https://127.0.0.1/a.git\"}", "url");
        refused("{\"url\": \"http://example.com/a.git\"}", "url");
        refused("{\"url\": \"https://me:secret@localhost/a.git\"}", "url");
        refused("{\"url\": \"%s\", \"directory\": \"../up\"}".formatted(url), "directory");
        refused("{\"url\": \"%s\", \"directory\": \"a/.git\"}".formatted(url), "directory");
        refused("{\"url\": \"%s\", \"branch\": \"-x\"}".formatted(url), "branch");
        refused("{\"url\": \"%s\", \"mode\": \"other\"}".formatted(url), "mode");
        refused("{\"url\": \"%s\", \"credentials\": {\"username\": \"x\"}}".formatted(url), "credentials.token");
        deliver("");
        Client.Answer unconditional = owner.put(shop.path("/environments/dev/delivery"), body(""));
        assertThat(unconditional.status()).isEqualTo(428);
        assertThat(put("\"99\"", body("")).status()).isEqualTo(412);
        Client.Answer taken = owner.put(shop.path("/environments/test/delivery"), body(""));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(owner.get(shop.path("/environments/prod/delivery")).status()).isEqualTo(404);
        assertThat(owner.get(shop.path("/environments/none/delivery/cells")).status())
                .isEqualTo(404);
    }

    private static CellStatus missing(Cell cell) {
        return new CellStatus(
                cell.metadata().name(),
                null,
                List.of(new CellStatus.Condition(
                        CellStatus.DELIVERED, CellStatus.State.FALSE, "Missing", "Nobody brought it.", Instant.EPOCH)),
                List.of(),
                null);
    }

    private void refused(String body, String field) {
        Client.Answer answer = owner.put(shop.path("/environments/dev/delivery"), body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    private static String log(GitFolder clone) {
        return clone.run("log", "-1", "--format=%B").output();
    }
}
