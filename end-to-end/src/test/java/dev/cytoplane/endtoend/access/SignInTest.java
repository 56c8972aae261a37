package dev.cytoplane.endtoend.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Cyto;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@WithPlatform
class SignInTest {

    private static final Pattern LINK = Pattern.compile("http\\S+/device\\?user_code=\\S+");

    private final Platform platform;
    private final Api owner;

    SignInTest(Platform platform) {
        this.platform = platform;
        this.owner = platform.api();
    }

    @Test
    void aPersonSignsTheCommandLineInWithABrowser(@TempDir Path home) throws Exception {
        Cyto cyto = platform.cyto().withHome(home);
        Process login = cyto.start("login", "--server", platform.address("api"));
        var said = new StringBuffer();
        try {
            collect(login.getInputStream(), said);
            collect(login.getErrorStream(), said);
            String link = Waits.value(
                    "the address to open",
                    Waits.USUAL,
                    () -> Optional.of(LINK.matcher(said)).filter(Matcher::find).map(Matcher::group));
            Browser browser = new Browser()
                    .open(link)
                    .submit(Map.of(
                            "username", "admin", "password", platform.tokens().credential("adminPassword")));
            if (browser.page().contains("name=\"accept\"")) {
                browser.submit(Map.of("accept", "Yes"));
            }
            assertThat(login.waitFor(1, TimeUnit.MINUTES))
                    .as(said + browser.page())
                    .isTrue();
            assertThat(login.exitValue()).as(said.toString()).isZero();
        } finally {
            login.destroyForcibly();
        }
        assertThat(cyto.ok("whoami", "-o", "json").json().path("username").asString())
                .isEqualTo("admin");
    }

    private static void collect(InputStream stream, StringBuffer text) {
        Thread.ofVirtual().start(() -> {
            try (stream) {
                for (int next = stream.read(); next >= 0; next = stream.read()) {
                    text.append((char) next);
                }
            } catch (IOException e) {
                text.append(e);
            }
        });
    }

    @Test
    void aRoleAllowsWhatItSaysAndNoMore() {
        Sandbox sandbox = platform.sandbox("roles");
        sandbox.create("api");
        String component = sandbox.component("api");
        Api viewer = as(account(sandbox, "viewer", "viewer"));
        Api developer = as(account(sandbox, "developer", "developer"));

        viewer.get(component).expect(200);
        viewer.post(component + "/builds", Map.of()).expect(403);
        viewer.post(sandbox.project() + "/components", Map.of("name", "more")).expect(403);
        assertThat(putSecret(developer, component)).isBetween(200, 204);
        developer.delete(sandbox.project()).expect(403);
        developer
                .post(
                        "/organizations/" + sandbox.organization() + "/members",
                        Map.of("username", "admin", "role", "owner"))
                .expect(403);
    }

    @Test
    void aDenyBeatsEveryAllow() {
        Sandbox sandbox = platform.sandbox("denials");
        sandbox.create("api");
        JsonNode account = account(sandbox, "robot", "admin");
        Api robot = as(account);
        assertThat(putSecret(robot, sandbox.component("api"))).isBetween(200, 204);

        String username = "service-account-" + account.path("clientId").asString();
        owner.post(
                        "/organizations/" + sandbox.organization() + "/members",
                        Map.of("username", username, "role", "developer", "project", "shop", "effect", "deny"))
                .expect(201);
        assertThat(putSecret(robot, sandbox.component("api"))).isEqualTo(403);
    }

    @Test
    void anOrganizationIsInvisibleToThoseOutsideIt() {
        Sandbox mine = platform.sandbox("mine");
        Sandbox yours = platform.sandbox("yours");
        Api me = as(account(mine, "me", "owner"));
        me.get("/organizations/" + yours.organization()).expect(404);
        me.get(yours.project()).expect(404);
        assertThat(me.all("/organizations"))
                .extracting(it -> it.path("name").asString())
                .containsExactly(mine.organization());
    }

    @Test
    void onlyAUserThatThereIsBecomesAMember() {
        String members = "/organizations/" + platform.sandbox("people").organization() + "/members";
        for (String name : List.of("adm", "ADMIN*", "no-such-person")) {
            assertThat(owner.post(members, Map.of("username", name, "role", "viewer"))
                            .expect(400)
                            .text())
                    .contains("username");
        }
        assertThat(owner.all(members))
                .extracting(it -> it.path("username").asString())
                .doesNotContain("adm", "ADMIN*", "no-such-person");
    }

    @Test
    void aServiceAccountGetsTokensForThePlatformUntilItIsDeleted() {
        Sandbox sandbox = platform.sandbox("accounts");
        JsonNode account = account(sandbox, "robot", "developer");
        String client = account.path("clientId").asString();
        String secret = account.path("clientSecret").asString();
        JsonNode me = as(account).get("/me").expect(200).json();
        assertThat(me.path("platformAdmin").asBoolean()).isFalse();

        owner.delete("/organizations/" + sandbox.organization() + "/service-accounts/robot")
                .expect(204);

        assertThat(platform.tokens().request(client, secret, "").status()).isEqualTo(401);
    }

    @Test
    void anAccessTokenWorksUntilItIsRevoked() {
        Api me = as(account(platform.sandbox("tokens"), "machine", "developer"));
        JsonNode token =
                me.post("/me/tokens", Map.of("name", "laptop")).expect(201).json();
        String secret = token.path("token").asString();
        me.as(secret).get("/me").expect(200);
        assertThat(me.get("/me/tokens").expect(200).text()).contains("laptop").doesNotContain(secret);
        assertThat(me.delete("/me/tokens/" + token.path("id").asString()).status())
                .isBetween(200, 204);
        me.as(secret).get("/me").expect(401);
    }

    @Test
    void onlyHealthAndMetadataAreOpen() {
        String api = platform.address("api");
        platform.http().get(api + "/healthz").expect(200);
        assertThat(platform.http()
                        .get(api + "/.well-known/oauth-protected-resource")
                        .expect(200)
                        .json()
                        .path("authorization_servers")
                        .toString())
                .contains(platform.address("signIn"));
        for (String closed : List.of(
                "/api/v1/me",
                "/api/v1/openapi.json",
                "/actuator",
                "/actuator/health",
                "/link/v1/cells",
                "/webhooks/x",
                "/git/a/b/c.git/info/refs?service=git-upload-pack")) {
            assertThat(platform.http().get(api + closed).status()).as(closed).isIn(401, 404);
        }
    }

    private static int putSecret(Api caller, String component) {
        byte[] body = "{\"value\": \"v\"}".getBytes(StandardCharsets.UTF_8);
        return caller.send("PUT", component + "/secrets/development/KEY", body, Map.of())
                .status();
    }

    private JsonNode account(Sandbox sandbox, String name, String role) {
        return owner.post(
                        "/organizations/" + sandbox.organization() + "/service-accounts",
                        Map.of("name", name, "role", role))
                .expect(201)
                .json();
    }

    private Api as(JsonNode account) {
        return owner.as(platform.tokens()
                .of(
                        account.path("clientId").asString(),
                        account.path("clientSecret").asString(),
                        ""));
    }
}
