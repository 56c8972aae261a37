package dev.cytoplane.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.build.GitFolder;
import dev.cytoplane.controlplane.build.TestComponent;
import dev.cytoplane.controlplane.listener.Listener;
import dev.cytoplane.controlplane.listener.Listeners;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ControlPlaneTest
class WebhookTest {

    private static final String COMMIT = "a".repeat(40);

    @LocalServerPort
    int port;

    @Autowired
    Listeners listeners;

    @TempDir
    Path folder;

    @Test
    void aSignedPushIsFetchedAndBuilt() {
        TestComponent host = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(folder, Map.of("index.html", "x"));
        git.push(host.gitUrl(), host.token(), "main");
        Hook hook = hook(host.gitUrl(), host.token(), "{}");

        Client.Answer answer = hook.deliver("push", push(host.gitUrl(), "refs/heads/main", git.head()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(answer.text("/outcome")).isEqualTo("BUILD_QUEUED");
        Client.Answer build = hook.component().finished(answer.text("/build"));
        assertThat(build.text("/status")).as(build.toString()).isEqualTo("SUCCEEDED");
        assertThat(build.text("/commit")).isEqualTo(git.head());
        assertThat(build.text("/trigger")).isEqualTo("WEBHOOK");
        assertThat(hook.deliveries().text("/items/0/build")).isEqualTo(answer.text("/build"));
    }

    @Test
    void aDeliveryIsHandledOnceHoweverOftenAndHoweverFastItComes() throws Exception {
        Hook hook = hook("https://git.example.com/a/b", "x", "{}");
        String body = push("https://git.example.com/a/b.git", "refs/heads/main", COMMIT);
        String number = UUID.randomUUID().toString();
        List<Client.Answer> answers;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Client.Answer> deliver = () -> hook.deliver("push", number, body, hook.sign(body));
            answers = executor.invokeAll(java.util.Collections.nCopies(12, deliver)).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();
        }

        assertThat(answers).allMatch(answer -> answer.status() == 202);
        assertThat(answers.stream().map(answer -> answer.text("/build")).distinct())
                .hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> !answer.json().at("/repeated").asBoolean()))
                .hasSize(1);
        assertThat(hook.component()
                        .client()
                        .get(hook.component().path() + "/builds")
                        .json()
                        .at("/items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void refusesWhatIsNotProven() {
        Hook hook = hook("https://git.example.com/a/b", "x", "{}");
        String body = push("https://git.example.com/a/b", "refs/heads/main", COMMIT);
        String number = UUID.randomUUID().toString();

        assertThat(hook.deliver("push", number, body, null).status()).isEqualTo(401);
        assertThat(hook.deliver("push", number, body, "sha256=00").status()).isEqualTo(401);
        assertThat(hook.deliver("push", number, body + " ", hook.sign(body)).status())
                .isEqualTo(401);
        assertThat(hook.deliver(
                                "push",
                                number,
                                body,
                                GitHubSignature.of(
                                        "other".getBytes(StandardCharsets.UTF_8),
                                        body.getBytes(StandardCharsets.UTF_8)))
                        .status())
                .isEqualTo(401);
        assertThat(hook.deliveries().json().at("/items").size()).isZero();
    }

    @Test
    void refusesWhatIsProvenButNoDeliveryOfGitHubs() {
        Hook hook = hook("https://git.example.com/a/b", "x", "{}");

        assertThat(hook.deliver("push", "n", "{", hook.sign("{")).status()).isEqualTo(400);
        assertThat(hook.deliver("push", "n", "[]", hook.sign("[]")).status()).isEqualTo(400);
        assertThat(hook.deliver("Push Hook", "n", "{}", hook.sign("{}")).text("/errors/0/field"))
                .isEqualTo("X-GitHub-Event");
        assertThat(hook.deliver("push", "", "{}", hook.sign("{}")).text("/errors/0/field"))
                .isEqualTo("X-GitHub-Delivery");
        assertThat(hook.listener().post("/webhooks/" + UUID.randomUUID(), "{}").status())
                .isEqualTo(404);
        assertThat(hook.listener().post("/webhooks/nonsense", "{}").status()).isEqualTo(400);
        assertThat(hook.listener().get("/api/v1/me").status()).isEqualTo(404);
        String large = " ".repeat(DeliveryController.BODY_LIMIT + 1);
        assertThat(hook.deliver("push", "n", large, hook.sign(large)).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ping; {}; PONG",
                "pull_request; {\"action\": \"opened\"}; IGNORED",
                "installation; {\"action\": \"created\"}; IGNORED",
                "create; {}; IGNORED",
                "something_new; {}; IGNORED",
            })
    void acknowledgesWhatIsNotBuilt(String event, String body, String outcome) {
        Hook hook = hook("https://git.example.com/a/b", "x", "{}");

        assertThat(hook.deliver(event, body).text("/outcome")).isEqualTo(outcome);
        assertThat(hook.deliveries().text("/items/0/event")).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "refs/heads/main; services/api/a.js; BUILD_QUEUED",
                "refs/heads/release/1; services/api/a.js; BUILD_QUEUED",
                "refs/heads/main; README.md; IGNORED",
                "refs/heads/topic; services/api/a.js; IGNORED",
                "refs/tags/main; services/api/a.js; IGNORED",
            })
    void buildsOnlyBranchesAndPathsThatAreAskedFor(String ref, String file, String outcome) {
        Hook hook = hook(
                "https://git.example.com/a/b",
                "x",
                "{\"branches\": [\"main\", \"release/*\"], \"paths\": [\"services/api/**\"]}");

        assertThat(hook.deliver("push", """
                {"ref": "%s", "after": "%s", "repository": {"clone_url": "https://git.example.com/A/B.git"},
                 "commits": [{"added": [], "modified": ["%s"], "removed": []}]}""".formatted(ref, COMMIT, file)).text("/outcome"))
                .isEqualTo(outcome);
    }

    @Test
    void aPushIsTakenAgainByWhatTheWebhookAsksForNow() {
        Hook hook = hook("https://git.example.com/a/b", "x", "{\"paths\": [\"api/**\"]}");
        Client client = hook.component().client();
        String webhook = hook.component().path() + "/webhook";
        hook.deliver("push", """
                {"ref": "refs/heads/main", "after": "%s", "repository": {"html_url": "https://git.example.com/a/b"},
                 "commits": [{"added": [], "modified": ["docs/\\u0000a.md", "README.md"], "removed": []}]}""".formatted(COMMIT));
        hook.deliver("push", """
                {"ref": "refs/heads/main", "after": "%s", "repository": {"html_url": "https://git.example.com/a/b"},
                 "commits": [{"added": [], "modified": ["README.md"], "removed": []}]}""".formatted(COMMIT));
        Client.Answer ignored = hook.deliveries();
        assertThat(ignored.text("/items/0/outcome")).isEqualTo("IGNORED");
        assertThat(ignored.json().at("/items/0/redeliverable").asBoolean()).isTrue();
        String again = webhook + "/deliveries/" + ignored.text("/items/0/id") + "/redelivery";

        assertThat(client.post(again, "").text("/outcome")).isEqualTo("IGNORED");
        client.with("If-Match", "\"1\"").put(webhook, "{\"paths\": [\"*.md\"]}");
        Client.Answer taken = client.post(again, "");

        assertThat(taken.status()).as(taken.toString()).isEqualTo(201);
        assertThat(taken.text("/outcome")).isEqualTo("BUILD_QUEUED");
        assertThat(taken.text("/redeliveryOf")).isEqualTo(ignored.text("/items/0/id"));
        assertThat(client.get(hook.component().path() + "/builds/" + taken.text("/build"))
                        .text("/commit"))
                .isEqualTo(COMMIT);
        assertThat(hook.deliveries().json().at("/items").size()).isEqualTo(4);
    }

    @Test
    void onlyAPushIsTakenAgainAndOnlyByWhoMayBuild() {
        Hook hook = hook("https://git.example.com/a/b", "x", "{}");
        hook.deliver("ping", "{}");
        String delivery = hook.deliveries().text("/items/0/id");
        String deliveries = hook.component().path() + "/webhook/deliveries/";
        Client other = Client.of(port, "stranger");

        assertThat(hook.component()
                        .client()
                        .post(deliveries + delivery + "/redelivery", "")
                        .text("/type"))
                .endsWith("/not-redeliverable");
        assertThat(hook.component()
                        .client()
                        .post(deliveries + UUID.randomUUID() + "/redelivery", "")
                        .status())
                .isEqualTo(404);
        assertThat(other.post(deliveries + delivery + "/redelivery", "").status())
                .isEqualTo(404);
    }

    @Test
    void ignoresDeletedBranchesAndOtherRepositories() {
        Hook hook = hook("https://git.example.com/a/b", "x", "{}");

        assertThat(hook.deliver("push", push("https://git.example.com/a/b", "refs/heads/main", "0".repeat(40)))
                        .text("/message"))
                .contains("deleted");
        assertThat(hook.deliver("push", push("https://git.example.com/a/c", "refs/heads/main", COMMIT))
                        .text("/message"))
                .contains("another repository");
    }

    @Test
    void showsTheSecretOnceAndForgetsTheOldOne() {
        Hook hook = hook("https://git.example.com/a/b", "x", "{}");
        Client client = hook.component().client();
        String path = hook.component().path() + "/webhook";

        assertThat(client.get(path).json().at("/secret").isString()).isFalse();
        assertThat(client.put(path, "{}").status()).isEqualTo(428);
        assertThat(client.with("If-Match", "\"1\"")
                        .put(path, "{\"branches\": [\"x\"]}")
                        .status())
                .isEqualTo(200);
        String fresh = client.post(path + "/rotate", "").text("/secret");

        assertThat(hook.deliver("ping", "{}").status()).isEqualTo(401);
        assertThat(new Hook(hook.component(), hook.listener(), hook.id(), fresh)
                        .deliver("ping", "{}")
                        .status())
                .isEqualTo(202);
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(hook.deliver("ping", "{}").status()).isEqualTo(404);
    }

    @Test
    void aComponentWithARepositoryHereNeedsNone() {
        TestComponent component = TestComponent.onlyBuilt(port);

        assertThat(component.client().put(component.path() + "/webhook", "{}").status())
                .isEqualTo(409);
    }

    private static String push(String repository, String ref, String commit) {
        return """
                {"ref": "%s", "after": "%s", "repository": {"html_url": "%s"}, "commits": []}""".formatted(ref, commit, repository);
    }

    private Hook hook(String repository, String password, String settings) {
        TestComponent component = TestComponent.create(port, """
                , "autoDeploy": false, "source": {"kind": "git", "url": "%s",
                "credentials": {"username": "git", "password": "%s"}}""".formatted(repository, password));
        Client.Answer made = component.client().put(component.path() + "/webhook", settings);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return new Hook(
                component,
                Client.anonymous(listeners.port(Listener.WEBHOOK).orElseThrow()),
                made.text("/id"),
                made.text("/secret"));
    }

    record Hook(TestComponent component, Client listener, String id, String secret) {

        Client.Answer deliver(String event, String body) {
            return deliver(event, UUID.randomUUID().toString(), body, sign(body));
        }

        Client.Answer deliver(
                String event, String number, String body, @org.jspecify.annotations.Nullable String signature) {
            Client client = listener.with("X-GitHub-Event", event).with("X-GitHub-Delivery", number);
            return (signature == null ? client : client.with(GitHubSignature.HEADER, signature))
                    .post("/webhooks/" + id, body);
        }

        String sign(String body) {
            return GitHubSignature.of(secret.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));
        }

        Client.Answer deliveries() {
            return component.client().get(component.path() + "/webhook/deliveries");
        }
    }
}
