package dev.cytoplane.endtoend.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Echo;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Load;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** One component's life, step by step, while callers go on calling it. */
@WithPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeliveryTest {

    private static final String DEVELOPMENT = "development";

    private final Platform platform;
    private final Sandbox sandbox;
    private final Api api;
    private final Git source;
    private Git.Result firstPush;

    DeliveryTest(Platform platform) {
        this.platform = platform;
        this.sandbox = platform.sandbox("delivery");
        this.api = platform.api();
        this.source = Echo.tree(platform, sandbox, "one", Echo.PUBLIC);
    }

    @BeforeAll
    void deliverTheFirstRelease() {
        sandbox.create("echo");
        firstPush = sandbox.push(source, "echo").ok();
        sandbox.awaitLive("echo", DEVELOPMENT);
    }

    @Test
    @Order(1)
    void aPushAnswersWithTheLogAndTheAddress() {
        assertThat(firstPush.output()).contains("remote:").contains(sandbox.url("echo"));
        assertThat(version()).isEqualTo("one");
    }

    @Test
    @Order(2)
    void aNewReleaseReplacesTheOldOneWithoutAFailedRequest() {
        String before = live();
        Load load = new Load(platform.http(), sandbox.url("echo") + "/version", 4);
        try (load) {
            push("two").ok();
            sandbox.awaitLive("echo", DEVELOPMENT);
            Waits.until(
                    "the new release answers", () -> assertThat(load.answers()).contains("two"));
        }
        assertThat(load.failures()).isEmpty();
        assertThat(load.answers()).containsExactlyInAnyOrder("one", "two");
        assertThat(live()).isNotEqualTo(before);
    }

    @Test
    @Order(3)
    void aRollbackBringsTheReleaseBeforeBackWithoutABuild() {
        int builds = builds().size();
        Load load = new Load(platform.http(), sandbox.url("echo") + "/version", 4);
        try (load) {
            JsonNode deployment = api.post(path("rollbacks"), Map.of("environment", DEVELOPMENT))
                    .expect(201)
                    .json();
            assertLive(deployment);
            Waits.until("the old release answers", () -> assertThat(version()).isEqualTo("one"));
        }
        assertThat(load.failures()).isEmpty();
        assertThat(builds()).hasSize(builds);
    }

    @Test
    @Order(4)
    void promotionFollowsThePipelineAndCarriesTheSameRelease() {
        String release = live();
        Answer early = api.post(path("promotions"), Map.of("to", "production")).expect(409);
        assertThat(early.text()).contains("staging");
        for (String environment : List.of("staging", "production")) {
            assertLive(api.post(path("promotions"), Map.of("to", environment))
                    .expect(201)
                    .json());
            assertThat(sandbox.live("echo", environment)).contains(release);
            sandbox.awaitAnswer(sandbox.url("echo", environment) + "/version", "one");
        }
    }

    @Test
    @Order(5)
    void aFailingBuildSaysWhyAndLeavesTheLiveReleaseServing() {
        String before = live();
        Load load = new Load(platform.http(), sandbox.url("echo") + "/version", 2);
        Git.Result push;
        try (load) {
            source.write("src/main/java/echo/Broken.java", "class Broken { this is not Java }");
            push = push("broken");
        }
        assertThat(push.output()).contains("Broken.java");
        JsonNode build = builds().getFirst();
        assertThat(build.path("status").asString()).isEqualTo("FAILED");
        assertThat(build.path("error").toString()).hasSizeGreaterThan(10);
        assertThat(live()).isEqualTo(before);
        assertThat(load.failures()).isEmpty();
        source.write("src/main/java/echo/Broken.java", "class Broken {}");
    }

    @Test
    @Order(6)
    void aReleaseThatDoesNotComeUpFailsAndLeavesTheLiveReleaseServing() {
        String before = live();
        Load load = new Load(platform.http(), sandbox.url("echo") + "/version", 2);
        try (load) {
            Echo.change(
                    platform,
                    source,
                    "never",
                    Echo.PUBLIC
                            .replace("/health}", "/health, startupSeconds: 5}")
                            .replace("target/echo.jar", "target/other.jar"));
            sandbox.push(source, "echo");
            JsonNode failed = sandbox.awaitNewest("echo", DEVELOPMENT, "FAILED");
            assertThat(failed.path("message").asString()).isNotEmpty();
        }
        assertThat(load.failures()).isEmpty();
        assertThat(version()).isEqualTo("one");
        assertThat(live()).isEqualTo(before);
    }

    @Test
    @Order(7)
    void theSameSourceGivesTheSameRelease() {
        push("three").ok();
        sandbox.awaitLive("echo", DEVELOPMENT);
        String commit = builds().getFirst().path("commit").asString();
        JsonNode again = api.post(path("builds"), Map.of("commit", commit, "force", true))
                .expect(201)
                .json();
        JsonNode built = sandbox.awaitBuild("echo", again.path("id").asString());
        assertThat(built.path("status").asString()).as("%s", built).isEqualTo("SUCCEEDED");
        assertThat(built.path("release").asString()).isEqualTo(live());
    }

    @Test
    @Order(8)
    void configurationAndSecretsReachTheComponentAndSecretsAreNeverShown() {
        String configuration = path("configuration/development");
        api.put(configuration, api.get(configuration).expect(200).etag(), Map.of("values", Map.of("COLOUR", "green")));
        Answer stored = api.send("PUT", path("secrets/development/TOKEN"), "{\"value\": \"hush-4711\"}", Map.of());
        assertThat(stored.status()).as("%s", stored).isBetween(200, 204);
        assertThat(stored.text()).doesNotContain("hush-4711");

        Waits.until("both reach the component", Waits.LONG, () -> {
            assertThat(environment("COLOUR")).isEqualTo("green");
            assertThat(environment("TOKEN")).isEqualTo("hush-4711");
        });
        assertThat(api.get(path("secrets/development")).expect(200).text())
                .contains("TOKEN")
                .doesNotContain("hush-4711");
        assertThat(api.get(sandbox.project() + "/cells/development").expect(200).text())
                .contains("COLOUR")
                .doesNotContain("hush-4711");
    }

    @Test
    @Order(9)
    void everyWriteIsInTheAuditAndItsChainHolds() {
        String organization = "/organizations/" + sandbox.organization();
        assertThat(api.all(organization + "/audit"))
                .extracting(entry -> entry.path("action").asString())
                .contains("project.created", "component.created");
        assertThat(api.get(organization + "/audit/verification")
                        .expect(200)
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
    }

    private Git.Result push(String version) {
        Echo.change(platform, source, version, Echo.PUBLIC);
        return sandbox.push(source, "echo");
    }

    private String path(String below) {
        return sandbox.component("echo") + "/" + below;
    }

    private List<JsonNode> builds() {
        return api.all(path("builds?sort=-createdAt"));
    }

    private String live() {
        return sandbox.live("echo", DEVELOPMENT).orElseThrow();
    }

    private void assertLive(JsonNode deployment) {
        JsonNode ended = sandbox.awaitEnd("echo", deployment.path("id").asString());
        assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("LIVE");
    }

    private String version() {
        return platform.http().get(sandbox.url("echo") + "/version").expect(200).text();
    }

    private String environment(String name) {
        return platform.http()
                .get(sandbox.url("echo") + "/environment?name=" + name)
                .expect(200)
                .text();
    }
}
