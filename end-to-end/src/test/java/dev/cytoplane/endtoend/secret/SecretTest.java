package dev.cytoplane.endtoend.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.EventStream;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Tokens;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Secrets of every kind are put in, used, replaced and put in wrongly; then they are looked for everywhere. */
@WithPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretTest {

    private static final List<String> GENERATED = List.of(
            "adminPassword",
            "keycloakAdminPassword",
            "postgresPassword",
            "databaseOwnerPassword",
            "databaseApplicationPassword",
            "controlPlaneClientSecret",
            "launcherClientSecret");

    private final Platform platform;
    private final Sandbox sandbox;
    private final Api api;
    private final String organization;

    /** Given by users, who get them back never. By what they are. */
    private final Map<String, String> given = new LinkedHashMap<>();

    /** Made by the platform and shown once, or kept for itself. */
    private final Map<String, String> made = new LinkedHashMap<>();

    SecretTest(Platform platform) {
        this.platform = platform;
        this.sandbox = platform.sandbox("secrets");
        this.api = platform.api();
        this.organization = "/organizations/" + sandbox.organization();
    }

    @BeforeAll
    void useSecrets() {
        sandbox.create("api");
        put(give("the first value of a secret")).expect(200);
        var git = sandbox.nodeService("api", "hello");
        git.commit("first");
        sandbox.push(git, "api").ok();
        sandbox.awaitLive("api", "development");
        awaitAtComponent("the first value of a secret");

        put(give("its second value")).expect(200);
        awaitAtComponent("its second value");
        for (String wrong :
                List.of("{\"value\": [\"%s\"]}", "{\"value\": \"%s\", \"x\": 1}", "{\"value\": \"%s\\u0000\"}")) {
            refused(putBody(wrong.formatted(give("what was written as " + wrong))));
        }
        refused(putBody("{\"value\": \"" + give("a value that is too long") + "x".repeat(40_000) + "\"}"));

        String password = give("the password of an outside repository");
        api.post(sandbox.project() + "/components", outside("hooked", password)).expect(201);
        refused(api.post(sandbox.project() + "/components", outside("Not-A-Name", password)));
        made.put("the secret of a webhook", secret(put(sandbox.component("hooked") + "/webhook", "{}"), "secret"));
        made.put(
                "the secret of a service account",
                secret(
                        api.post(organization + "/service-accounts", Map.of("name", "ci", "role", "viewer")),
                        "clientSecret"));
        made.put("an access token", sandbox.token());
        made.put("a token of the identity provider", api.token());
        Tokens tokens = platform.tokens();
        GENERATED.forEach(name -> made.put(name, tokens.credential(name)));
        assertThat(made.values()).allSatisfy(value -> assertThat(value).hasSizeGreaterThan(10));
    }

    private String give(String what) {
        String value = "hush-" + UUID.randomUUID();
        given.put(what, value);
        return value;
    }

    private static Map<String, Object> outside(String name, String password) {
        Map<String, String> credentials = Map.of("username", "git", "password", password);
        return Map.of(
                "name",
                name,
                "source",
                Map.of("kind", "git", "url", "http://localhost:1/no-such.git", "credentials", credentials));
    }

    private Answer put(String value) {
        return putBody("{\"value\": \"" + value + "\"}");
    }

    private Answer putBody(String body) {
        return put(sandbox.component("api") + "/secrets/development/PASSWORD", body);
    }

    private Answer put(String path, String body) {
        return api.send("PUT", path, body, Map.of());
    }

    private void refused(Answer answer) {
        answer.expect(400);
        assertThat(given)
                .allSatisfy((what, value) -> assertThat(answer.text()).as(what).doesNotContain(value));
    }

    private static String secret(Answer created, String field) {
        assertThat(created.status()).as("%s", created).isIn(200, 201);
        return created.json().path(field).asString();
    }

    private void awaitAtComponent(String what) {
        Waits.until(
                what + " is in the component's environment",
                Waits.LONG,
                () -> assertThat(platform.http()
                                .get(sandbox.url("api") + "/environment")
                                .expect(200)
                                .json()
                                .path("PASSWORD")
                                .asString())
                        .isEqualTo(given.get(what)));
    }

    @Test
    void noAnswerHoldsOne() {
        String api = sandbox.component("api");
        String hooked = sandbox.component("hooked");
        String answers = Stream.of(
                        "/me",
                        "/me/tokens",
                        organization,
                        organization + "/audit?limit=200",
                        organization + "/members",
                        organization + "/service-accounts",
                        organization + "/endpoints",
                        sandbox.project() + "/components",
                        sandbox.project() + "/cells/development",
                        sandbox.project() + "/cells/development/versions",
                        api + "/builds",
                        api + "/releases",
                        api + "/deployments",
                        api + "/configuration/development",
                        api + "/secrets/development",
                        api + "/instances?environment=development",
                        hooked,
                        hooked + "/webhook",
                        hooked + "/webhook/deliveries")
                .map(path -> this.api.get(path).expect(200).text())
                .reduce("", String::concat);
        assertThat(answers).as("looked at the right things").contains("PASSWORD", "secret.set");
        assertNone(answers, given);
        assertNone(answers, made);
    }

    @Test
    void noEventHoldsOne() {
        List<EventStream.Event> events = EventStream.readUntil(
                platform,
                organization + "/events",
                "0",
                seen -> seen.stream()
                                .filter(event -> event.toString().contains("secret.changed"))
                                .count()
                        >= 2);
        assertNone(events.toString(), given);
        assertNone(events.toString(), made);
    }

    @Test
    void noLogHoldsOne() {
        String logs = platform.logs().text();
        assertThat(logs).contains("control-plane");
        assertNone(logs, given);
        assertNone(logs, made);
        String component = platform.cyto()
                .run("", Duration.ofMinutes(1), "logs", "--organization", sandbox.organization(), "shop/api")
                .out();
        assertNone(component, given);
        assertNone(component, made);
    }

    /** Neither the database nor what a data plane keeps: they have ciphertext only. */
    @Test
    void noFileOfThePlatformHoldsOneThatAUserGave() throws IOException {
        Files.walkFileTree(platform.home(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    // Every byte is a character of Latin-1, so that text is found between what is none.
                    assertNone(file + ": " + Files.readString(file, StandardCharsets.ISO_8859_1), given);
                }
                return FileVisitResult.CONTINUE;
            }

            /** The platform goes on working: what was there a moment ago may be gone. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static void assertNone(String text, Map<String, String> secrets) {
        secrets.forEach((what, value) -> {
            int at = text.indexOf(value);
            assertThat(at)
                    .as(() -> what + " in: " + text.substring(Math.max(0, at - 300), at) + "…")
                    .isNegative();
        });
    }
}
