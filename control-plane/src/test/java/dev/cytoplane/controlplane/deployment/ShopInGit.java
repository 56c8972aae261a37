package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.build.GitFolder;
import dev.cytoplane.controlplane.cell.CellFeed;
import dev.cytoplane.controlplane.gitops.TestGitHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/** The shop, whose environment dev is delivered by a Git repository elsewhere: real Git over real HTTP, and people who push there with git. */
abstract class ShopInGit extends ShopOnADataPlane {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String FILE = "cells/dev/store.yaml";

    @TempDir
    Path folder;

    @Autowired
    CellFeed feed;

    TestGitHost host;
    String url;

    @BeforeEach
    void openHost() {
        host = new TestGitHost(folder.resolve("host"));
        url = host.create("cells");
    }

    @AfterEach
    void closeHost() {
        owner.delete(shop.path("/environments/dev/delivery"));
        host.close();
    }

    final void deliver(String more) {
        Client.Answer set = put(etag(), body(more + credentials()));
        assertThat(set.status()).as("%s", set).isLessThan(300);
    }

    final String etag() {
        JsonNode before = delivery();
        return "\"" + (before.has("version") ? before.at("/version").asString() : "0") + "\"";
    }

    final Client.Answer put(String ifMatch, String body) {
        return owner.with("If-Match", ifMatch).put(shop.path("/environments/dev/delivery"), body);
    }

    final String body(String more) {
        return "{\"url\": \"%s\", \"directory\": \"cells/dev\"%s}".formatted(url, more);
    }

    static String credentials() {
        return ", \"credentials\": {\"username\": \"%s\", \"token\": \"%s\"}"
                .formatted(TestGitHost.USER, TestGitHost.TOKEN);
    }

    final JsonNode delivery() {
        return owner.get(shop.path("/environments/dev/delivery")).json();
    }

    final JsonNode cells() {
        return owner.get(shop.path("/environments/dev/delivery/cells")).json();
    }

    final JsonNode only() {
        return cells().at("/items/0");
    }

    final JsonNode inSync(long version) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(only().at("/sync").asString()).as("%s", only()).isEqualTo("IN_SYNC");
            assertThat(only().at("/repository/version").asLong()).isEqualTo(version);
        });
        return only();
    }

    final GitFolder clonedByAPerson() {
        GitFolder parent = new GitFolder(folder);
        Path clone = folder.resolve("clone");
        var cloned = parent.run("clone", "--quiet", "--branch=main", signedIn(), clone.toString());
        assertThat(cloned.exit()).as(cloned.output()).isZero();
        return new GitFolder(clone);
    }

    final GitFolder.Result push(GitFolder person) {
        return person.run("push", "--quiet", signedIn(), "HEAD:main");
    }

    final String signedIn() {
        return url.replace("://", "://" + TestGitHost.USER + ":" + TestGitHost.TOKEN + "@");
    }

    static String read(GitFolder clone) {
        return clone.run("show", "HEAD:" + FILE).output();
    }

    /** As kubectl reads it: by the rules of YAML 1.1. */
    static Map<String, Object> yaml(GitFolder clone) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(read(clone));
    }
}
