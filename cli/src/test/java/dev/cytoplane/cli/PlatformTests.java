package dev.cytoplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.cli.api.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a platform team does: explaining roles, changing pipelines, webhooks, data planes. */
class PlatformTests {

    private static final String ACME = " /api/v1/organizations/acme";

    @TempDir
    private Path home;

    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = new Server();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void explainsWhatSomebodyMayDo() {
        server.on("GET" + ACME + "/access?username=ben&project=shop", 200, """
                {"username": "ben", "project": "shop", "role": "viewer", "permissions": ["VIEW"], "bindings": [
                  {"id": "1", "role": "admin", "effect": "allow", "project": null, "bearing": "GIVES"},
                  {"id": "2", "role": "developer", "effect": "deny", "project": "shop", "bearing": "LIMITS"}]}""");

        Run.Result result = cyto("access", "ben", "--project", "shop", "--organization", "acme");

        assertThat(result.out()).isEqualTo("""
                ben: viewer (VIEW)
                EFFECT  ROLE       PROJECT  HERE
                allow   admin      (all)    gives
                deny    developer  shop     limits
                """);
    }

    @Test
    void saysWhenNothingIsHeld() {
        server.on("GET" + ACME + "/access", 200, """
                {"username": "ann", "project": null, "role": null, "permissions": [], "bindings": []}""");

        assertThat(cyto("access", "--organization", "acme").out()).isEqualTo("ann: no role\n");
    }

    @Test
    void saysWhetherTheAuditChainIsWhole() {
        server.on("GET" + ACME + "/audit/verification", 200, """
                {"valid": true, "entries": 7, "headHash": "c0ffee", "firstBrokenSequence": null}""");

        Run.Result whole = cyto("audit", "check", "--organization", "acme");

        assertThat(whole.exitCode()).isZero();
        assertThat(whole.out()).isEqualTo("""
                The chain is whole: 7 entries, none changed, removed or put in between.
                Head: c0ffee
                """);
    }

    @Test
    void failsWhenTheAuditChainIsBroken() {
        server.on("GET" + ACME + "/audit/verification", 200, """
                {"valid": false, "entries": 4, "headHash": "c0ffee", "firstBrokenSequence": 5}""");

        Run.Result broken = Run.in(home).at(server).cyto("audit", "check", "--organization", "acme");

        assertThat(broken.exitCode()).isEqualTo(ExitCode.UNSUCCESSFUL.number());
        assertThat(broken.err()).contains("broken at entry 5");
    }

    @Test
    void showsWhatChangedInACell() {
        server.on("GET" + ACME + "/projects/shop/cells/staging/diff?from=2", 200, """
                {"from": 2, "to": 3, "changes": [
                  {"component": "api", "aspect": "RELEASE", "name": null, "before": "r-1", "after": "r-2"},
                  {"component": "api", "aspect": "SETTING", "name": "COLOUR", "before": null, "after": "green"}]}""");

        Run.Result result = cyto("cell", "diff", "shop/staging", "--from", "2", "--organization", "acme");

        assertThat(result.out()).isEqualTo("""
                COMPONENT  WHAT     NAME    BEFORE  AFTER
                api        release          r-1     r-2
                api        setting  COLOUR  (none)  green
                """);
    }

    @Test
    void showsWhatGoesThroughACellsGateway() {
        server.on("GET" + ACME + "/projects/shop/cells/staging/traffic", 200, """
                {"from": "2026-01-01T00:00:00Z", "until": "2026-01-01T00:00:30Z", "edges": [
                  {"direction": "PUBLIC", "component": "api", "name": "http", "caller": null, "requests": 60,
                   "requestsPerSecond": 2.0, "clientErrors": 3, "serverErrors": 1, "p50Milliseconds": 4.25,
                   "p95Milliseconds": 12.0},
                  {"direction": "WESTBOUND", "component": "api", "name": "http", "caller": "web.staging.acme",
                   "requests": 0, "requestsPerSecond": 0, "clientErrors": 0, "serverErrors": 0,
                   "p50Milliseconds": null, "p95Milliseconds": null},
                  {"direction": "OUTBOUND", "component": "api", "name": "orders", "caller": null, "requests": 0,
                   "requestsPerSecond": 0, "clientErrors": 0, "serverErrors": 0,
                   "p50Milliseconds": null, "p95Milliseconds": null}]}""");

        Run.Result result = cyto("cell", "traffic", "shop/staging", "--organization", "acme");

        assertThat(result.err()).contains("until 2026-01-01T00:00:30Z");
        assertThat(result.out()).isEqualTo("""
                DIRECTION  FROM              TO        PER SECOND  P50     P95      4XX  5XX
                public     the public        api/http  2.00        4.3 ms  12.0 ms  3    1
                westbound  web.staging.acme  api/http  0.00        -       -        0    0
                outbound   api               orders    0.00        -       -        0    0
                """);
    }

    @Test
    void scalesAndRestartsWhatRuns() {
        String component = ACME + "/projects/shop/components/api";
        String deployment =
                "{\"id\": \"d\", \"status\": \"PENDING\", \"environment\": \"staging\", \"release\": \"r-1\"}";
        server.on("POST" + component + "/scalings", 201, deployment)
                .on("POST" + component + "/restarts", 201, deployment);

        cyto("scale", "acme/shop/api", "-e", "staging", "--instances", "3", "--no-wait");
        cyto("scale", "acme/shop/api", "-e", "staging", "--reset", "--no-wait");
        cyto("scale", "acme/shop/api", "-e", "staging", "--min", "2", "--max", "6", "--cpu", "70", "--no-wait");
        cyto("restart", "acme/shop/api", "-e", "staging", "--no-wait");

        assertThat(server.requests("POST" + component + "/scalings"))
                .extracting(it -> Json.parse(it.body()))
                .containsExactly(
                        Json.parse("{\"environment\": \"staging\", \"replicas\": 3}"),
                        Json.parse("{\"environment\": \"staging\"}"),
                        Json.parse("{\"environment\": \"staging\","
                                + " \"autoscaling\": {\"maxInstances\": 6, \"minInstances\": 2, \"cpuPercent\": 70}}"));
        assertThat(server.requests("POST" + component + "/restarts"))
                .extracting(it -> Json.parse(it.body()))
                .containsExactly(Json.parse("{\"environment\": \"staging\"}"));
        assertThat(Run.in(home)
                        .at(server)
                        .cyto("scale", "acme/shop/api", "-e", "staging")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(Run.in(home)
                        .at(server)
                        .cyto("scale", "acme/shop/api", "-e", "staging", "--instances", "2", "--max", "3")
                        .exitCode())
                .as("a number, or by load")
                .isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void replacesThePipelineThatWasRead() {
        server.on("GET" + ACME + "/pipelines/default", 200, "{\"name\": \"default\"}", "ETag", "\"3\"")
                .on("PUT" + ACME + "/pipelines/default", 200, "{\"name\": \"default\", \"stages\": [\"a\", \"b\"]}");

        cyto("update", "pipeline", "default", "a", "b", "--organization", "acme");

        Server.Request put =
                server.requests("PUT" + ACME + "/pipelines/default").getFirst();
        assertThat(put.headers()).containsEntry("if-match", "\"3\"");
        assertThat(Json.parse(put.body())).isEqualTo(Json.parse("{\"stages\": [\"a\", \"b\"]}"));
    }

    @Test
    void takesTheMarkOfProductionAway() {
        server.on("GET" + ACME + "/environments/live", 200, "{\"name\": \"live\"}", "ETag", "\"1\"")
                .on("PATCH" + ACME + "/environments/live", 200, "{\"name\": \"live\", \"production\": false}");

        cyto("update", "environment", "live", "--no-production", "--organization", "acme");

        assertThat(Json.parse(server.requests("PATCH" + ACME + "/environments/live")
                        .getFirst()
                        .body()))
                .isEqualTo(Json.parse("{\"production\": false}"));
    }

    @Test
    void makesAWebhookThatIsNotThereAndChangesOneThatIs() {
        String webhook = ACME + "/projects/shop/components/api/webhook";
        server.on("PUT" + webhook, 201, "{\"url\": \"https://x\", \"secret\": \"s3cret\"}");

        Run.Result made = cyto("webhook", "set", "shop/api", "--organization", "acme");
        server.on("GET" + webhook, 200, "{\"url\": \"https://x\"}", "ETag", "\"2\"");
        cyto("webhook", "set", "shop/api", "--branch", "main", "--path", "api/**", "--organization", "acme");

        assertThat(made.out()).contains("s3cret");
        assertThat(server.requests("PUT" + webhook).getFirst().headers()).doesNotContainKey("if-match");
        Server.Request changed = server.requests("PUT" + webhook).getLast();
        assertThat(changed.headers()).containsEntry("if-match", "\"2\"");
        assertThat(Json.parse(changed.body()))
                .isEqualTo(Json.parse("{\"branches\": [\"main\"], \"paths\": [\"api/**\"]}"));
    }

    @Test
    void listsDeliveriesAndTakesOneAgain() {
        String deliveries = ACME + "/projects/shop/components/api/webhook/deliveries";
        server.on("GET" + deliveries, 200, """
                {"items": [{"id": "d1", "createdAt": "2026-01-01T00:00:00Z", "event": "push", "outcome": "IGNORED",
                  "message": "The branch x is none."}], "nextCursor": null}""")
                .on("POST" + deliveries + "/d1/redelivery", 201, "{\"id\": \"d2\", \"outcome\": \"BUILD_QUEUED\"}");

        Run.Result listed = cyto("webhook", "deliveries", "shop/api", "--organization", "acme");
        Run.Result again = cyto("webhook", "redeliver", "shop/api", "d1", "--organization", "acme");

        assertThat(listed.out()).contains("d1", "IGNORED", "The branch x is none.");
        assertThat(again.out()).contains("BUILD_QUEUED");
    }

    @Test
    void registersADataPlaneAndShowsItsToken() {
        server.on("POST /api/v1/data-planes", 201, "{\"name\": \"east\", \"joinToken\": \"t0ken\"}")
                .on("POST /api/v1/data-planes/east/join-token", 201, "{\"name\": \"east\", \"joinToken\": \"other\"}");

        assertThat(cyto("create", "data-plane", "east").out()).contains("t0ken");
        assertThat(cyto("create", "join-token", "east").out()).contains("other");
    }

    @Test
    void saysWhatMakesAClusterJoinAsANewDataPlane() {
        server.on(
                "POST /api/v1/data-planes",
                201,
                "{\"name\": \"east\", \"joinToken\": \"t0ken\", \"linkUrl\": \"https://link.example\", \"caFingerprint\": \"sha256:ab\"}");

        assertThat(cyto("dataplane", "join", "east", "--domain", "east.example").err())
                .contains(
                        "helm upgrade --install cytoplane deploy/chart",
                        "dataPlane.join.token=t0ken",
                        "dataPlane.link.url=https://link.example",
                        "dataPlane.link.caFingerprint=sha256:ab");
    }

    @Test
    void saysItAgainForADataPlaneThatIsThere() {
        server.on("POST /api/v1/data-planes", 409, "{\"title\": \"Conflict\", \"status\": 409}")
                .on("POST /api/v1/data-planes/east/join-token", 201, "{\"name\": \"east\", \"joinToken\": \"other\"}");

        assertThat(cyto("dataplane", "join", "east").err()).contains("dataPlane.join.token=other");

        Run.Result refused = Run.in(home).at(server).cyto("dataplane", "join", "east", "--domain", "other.example");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("Leave --domain out");
    }

    private Run.Result cyto(String... arguments) {
        Run.Result result = Run.in(home).at(server).cyto(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }
}
