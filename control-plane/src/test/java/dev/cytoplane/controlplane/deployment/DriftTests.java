package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.build.GitFolder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What others change in the Git repository that cells are written to. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DriftTests extends ShopInGit {

    @Test
    void whatSomebodyElseChangedIsShownAndLeftUntilItIsToBeHealed() {
        deliver("");
        live("dev", release("one"));
        inSync(1);
        GitFolder person = clonedByAPerson();
        String wanted = read(person);
        String commit = person.commit("More instances", Map.of(FILE, wanted.replace("replicas: 1", "replicas: 7")));
        assertThat(push(person).exit()).isZero();

        JsonNode drifted = until("DRIFTED");
        assertThat(drifted.at("/repository/commit").asString()).isEqualTo(commit);
        assertThat(drifted.at("/repository/author").asString()).isEqualTo("Ann");
        assertThat(drifted.at("/differences/0/path").asString()).isEqualTo("spec.components[api].replicas");
        assertThat(drifted.at("/differences/0/wanted").asString()).isEqualTo("1");
        assertThat(drifted.at("/differences/0/found").asString()).isEqualTo("7");
        assertThat(owner.get(shop.path("/activity?kind=cell")).toString()).contains("cell.drifted");

        // A new version does not sweep it away either.
        live("dev", release("two"));
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(only().at("/sync").asString()).isEqualTo("DRIFTED");
            assertThat(only().at("/repository/commit").asString()).isEqualTo(commit);
        });

        Client.Answer asked = owner.post(shop.path("/environments/dev/delivery/cells/store/heal"), "{}");
        assertThat(asked.status()).as("%s", asked).isEqualTo(202);
        inSync(2);
        person.run("pull", "--quiet");
        assertThat(read(person)).contains("replicas: 1").contains("cytoplane.dev/version: \"2\"");
        assertThat(person.run("log", "--format=%s").output()).contains("More instances");
        assertThat(owner.post(shop.path("/environments/dev/delivery/cells/store/heal"), "{}")
                        .status())
                .isEqualTo(409);
        assertThat(owner.get(shop.path("/audit?limit=50")).toString())
                .contains("cell.healing-asked")
                .contains("cell.written-to-git")
                .contains("environment.delivery-set");
    }

    @Test
    void thePolicyHealWritesOverWhatSomebodyElseChangedOrRemoved() {
        deliver(", \"onDrift\": \"heal\"");
        live("dev", release("one"));
        inSync(1);
        GitFolder person = removedByAPerson();

        await().atMost(PATIENCE).untilAsserted(() -> {
            person.run("pull", "--quiet");
            assertThat(person.folder().resolve(FILE)).exists();
        });
        assertThat(person.run("log", "-1", "--format=%cn").output().strip()).isEqualTo("Cytoplane");
        inSync(1);
    }

    @Test
    void aFileThatWasRemovedIsShownWithWhoDidIt() {
        deliver("");
        live("dev", release("one"));
        inSync(1);
        GitFolder person = removedByAPerson();

        JsonNode drifted = until("DRIFTED");
        assertThat(drifted.at("/repository/there").asBoolean()).isFalse();
        assertThat(drifted.at("/repository/author").asString()).isEqualTo("Ann");
        assertThat(drifted.at("/repository/commit").asString()).isEqualTo(person.head());
    }

    @Test
    void whoOnlyWritesItInAnotherFormHasChangedNothing() {
        deliver("");
        live("dev", release("one"));
        inSync(1);
        GitFolder person = clonedByAPerson();
        Object content = yaml(person);
        person.commit("As JSON", Map.of(FILE, json(content)));
        person.commit(
                "Pages beside it",
                Map.of("README.md", "Ours", "cells/dev/README.md", "Ours too", "cells/dev/other.txt", "x"));
        assertThat(push(person).exit()).isZero();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(delivery().at("/commit").asString()).isEqualTo(person.head()));
        assertThat(only().at("/sync").asString()).isEqualTo("IN_SYNC");
        live("dev", release("two"));
        inSync(2);
        person.run("pull", "--quiet");
        assertThat(read(person)).startsWith("# Written by Cytoplane");
        assertThat(person.folder().resolve("README.md")).exists();
        assertThat(person.folder().resolve("cells/dev/README.md")).hasContent("Ours too");
        assertThat(person.folder().resolve("cells/dev/other.txt")).exists();
    }

    private GitFolder removedByAPerson() {
        GitFolder person = clonedByAPerson();
        person.run("rm", "--quiet", FILE);
        person.run("commit", "--quiet", "--message", "Not needed");
        assertThat(push(person).exit()).isZero();
        return person;
    }

    private JsonNode until(String sync) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(only().at("/sync").asString()).isEqualTo(sync));
        return only();
    }

    private static String json(Object content) {
        return dev.cytoplane.contracts.json.ContractJson.MAPPER.writeValueAsString(content);
    }
}
