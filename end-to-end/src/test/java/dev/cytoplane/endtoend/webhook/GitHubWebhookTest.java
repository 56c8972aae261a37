package dev.cytoplane.endtoend.webhook;

import static dev.cytoplane.endtoend.platform.GitHubHook.DELIVERY;
import static dev.cytoplane.endtoend.platform.GitHubHook.EVENT;
import static dev.cytoplane.endtoend.platform.GitHubHook.SIGNATURE;
import static dev.cytoplane.endtoend.platform.GitHubHook.signature;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Echo;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.GitHubHook;
import dev.cytoplane.endtoend.platform.Json;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A component whose source is in an outside repository, which a webhook tells of. */
@WithPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GitHubWebhookTest {

    private final Platform platform;
    private final Sandbox sandbox;
    private final Api api;
    private PublishedPayloads published;
    private GitHubHook hook;
    private String commit = "";
    private String origin = "";

    GitHubWebhookTest(Platform platform) {
        this.platform = platform;
        this.sandbox = platform.sandbox("webhook");
        this.api = platform.api();
    }

    /** The platform's own Git server stands in for GitHub's: reached by its address and with credentials, like any other. */
    @BeforeAll
    void connectAnOutsideRepository() throws Exception {
        published = PublishedPayloads.fetch(platform);
        api.post(sandbox.project() + "/components", Map.of("name", "origin", "autoDeploy", false))
                .expect(201);
        Git source = Echo.tree(platform, sandbox, "hooked", Echo.PUBLIC);
        commit = source.commit("What is pushed to the outside");
        sandbox.push(source, "origin").ok();
        origin = api.get(sandbox.component("origin"))
                .expect(200)
                .json()
                .path("gitUrl")
                .asString();
        api.post(
                        sandbox.project() + "/components",
                        Map.of(
                                "name",
                                "hooked",
                                "source",
                                Map.of(
                                        "kind",
                                        "git",
                                        "url",
                                        origin,
                                        "branch",
                                        "main",
                                        "credentials",
                                        Map.of("username", "git", "password", sandbox.token()))))
                .expect(201);
        hook = GitHubHook.make(platform, api, sandbox.component("hooked"), "{\"branches\": [\"main\", \"release/*\"]}");
        assertThat(hook.secret()).hasSizeGreaterThan(20);
    }

    @Test
    void aPushIsBuiltAndDeployedOnceHoweverOftenItIsDelivered() {
        int before = builds();
        String delivery = UUID.randomUUID().toString();
        String push = push("refs/heads/main");
        assertThat(hook.send("push", delivery, push).status()).isBetween(200, 202);
        Waits.until(
                "a build by the webhook",
                () -> assertThat(newest().path("trigger").asString()).isEqualTo("WEBHOOK"));
        JsonNode build = sandbox.awaitBuild("hooked", newest().path("id").asString());
        assertThat(build.path("status").asString()).as("%s", build).isEqualTo("SUCCEEDED");
        assertThat(build.path("commit").asString()).isEqualTo(commit);
        sandbox.awaitAnswer(sandbox.url("hooked") + "/version", "hooked");

        assertThat(hook.send("push", delivery, push).status())
                .as("the same delivery")
                .isBetween(200, 202);
        assertThat(builds()).isEqualTo(before + 1);
        JsonNode seen = api.get(sandbox.component("hooked") + "/webhook/deliveries")
                .expect(200)
                .json();
        assertThat(seen.toString()).contains(delivery).doesNotContain(hook.secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "pull_request", "installation", "create", "delete"})
    void takesEveryPublishedPayloadOfOtherEventsAndBuildsNothing(String event) {
        int before = builds();
        for (JsonNode payload : published.of(event)) {
            Answer answer = hook.send(event, UUID.randomUUID().toString(), Json.write(payload));
            assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
        }
        assertThat(builds()).isEqualTo(before);
    }

    @Test
    void takesPublishedPushesOfTagsAndOfBranchesThatAreNotAskedForAndBuildsNothing() {
        int before = builds();
        for (JsonNode payload : published.of("push")) {
            assertThat(payload.path("ref").asString()).isNotEqualTo("refs/heads/main");
            Answer answer = hook.send("push", UUID.randomUUID().toString(), Json.write(payload));
            assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
        }
        assertThat(builds()).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNotSignedWithTheSecretOfThisComponent() {
        int before = builds();
        String push = push("refs/heads/main");
        String good = signature(hook.secret(), push);
        Map<String, Map<String, String>> bad = Map.of(
                "unsigned", Map.of(EVENT, "push"),
                "signed with another secret", Map.of(EVENT, "push", SIGNATURE, signature("another", push)),
                "signed by the old algorithm only",
                        Map.of(EVENT, "push", "X-Hub-Signature", good.replace("sha256", "sha1")),
                "half a signature", Map.of(EVENT, "push", SIGNATURE, good.substring(0, 20)),
                "a signature of something else", Map.of(EVENT, "push", SIGNATURE, signature(hook.secret(), push + " ")),
                "an empty signature", Map.of(EVENT, "push", SIGNATURE, ""),
                "another provider's headers", Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", hook.secret()),
                "yet another provider's", Map.of("X-Gitea-Event", "push", "X-Gitea-Signature", good.substring(7)));
        bad.forEach((what, headers) -> {
            Answer answer = hook.post(push, headers);
            assertThat(answer.status()).as("%s: %s", what, answer).isIn(400, 401, 403);
        });
        assertThat(hook.post(push.replace(commit, "0".repeat(40)), Map.of(EVENT, "push", SIGNATURE, good))
                        .status())
                .as("damaged on the way")
                .isIn(401, 403);
        assertThat(builds()).isEqualTo(before);
    }

    @Test
    void refusesABodyThatIsLargerThanAnyPush() {
        String body = "{\"padding\": \"%s\"}".formatted("x".repeat(30 << 20));
        assertThat(hook.send("push", UUID.randomUUID().toString(), body).status())
                .isEqualTo(413);
    }

    @Test
    void refusesWhatIsSignedButIsNotJson() {
        assertThat(hook.send("push", UUID.randomUUID().toString(), "{\"ref\":").status())
                .isBetween(400, 422);
    }

    @Test
    void knowsNothingElseOnThisListener() {
        String base = platform.address("webhooks");
        for (String path : List.of("/", "/api/v1/me", "/healthz", "/webhooks", "/webhooks/" + UUID.randomUUID())) {
            assertThat(platform.http().get(base + path).status()).as(path).isIn(401, 404, 405);
        }
        assertThat(hook.post(
                                base + "/webhooks/" + UUID.randomUUID(),
                                "{}",
                                Map.of(EVENT, "ping", SIGNATURE, "sha256=00"))
                        .status())
                .isIn(401, 403, 404);
    }

    @Test
    void aRotatedSecretReplacesTheOldOne() {
        String old = hook.secret();
        hook = hook.rotated(api, sandbox.component("hooked"));
        assertThat(hook.secret()).isNotEmpty().isNotEqualTo(old);
        String ping = Json.write(published.of("ping").getFirst());
        assertThat(hook.send("ping", UUID.randomUUID().toString(), ping).status())
                .isBetween(200, 204);
        assertThat(hook.post(ping, Map.of(EVENT, "ping", DELIVERY, "x", SIGNATURE, signature(old, ping)))
                        .status())
                .isIn(401, 403);
    }

    /** A published push, moved to our repository, branch and commit. */
    private String push(String ref) {
        JsonNode example = published.of("push").stream()
                .filter(it -> it.path("ref").asString().startsWith("refs/heads/")
                        && !it.path("deleted").asBoolean())
                .findFirst()
                .orElseThrow();
        ObjectNode push = ((ObjectNode) example.deepCopy()).put("ref", ref).put("after", commit);
        // A push to another repository than the component's is not built.
        ((ObjectNode) push.path("repository")).put("clone_url", origin);
        return Json.write(push);
    }

    private int builds() {
        return api.all(sandbox.component("hooked") + "/builds").size();
    }

    private JsonNode newest() {
        return api.all(sandbox.component("hooked") + "/builds?sort=-createdAt").getFirst();
    }
}
