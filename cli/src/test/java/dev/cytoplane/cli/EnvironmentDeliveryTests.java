package dev.cytoplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.cli.api.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EnvironmentDeliveryTests {

    private static final String PATH = "/api/v1/organizations/acme/environments/production/delivery";
    private static final String SET = """
            {"url":"https://git.example.com/cells.git","branch":"live","directory":"cells","mode":"link",
              "onDrift":"heal","hasCredentials":true,"version":3}""";

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
    void whatIsLeftOutStaysAsItIs() {
        server.on("GET " + PATH, 200, SET, "ETag", "\"3\"").on("PUT " + PATH, 200, SET);

        Run.Result result = Run.in(home)
                .at(server)
                .cyto("environment", "delivery", "set", "production", "--mode", "git", "--organization", "acme");

        assertThat(result.exitCode()).as(result.err()).isZero();
        Server.Request sent = server.requests("PUT " + PATH).getFirst();
        assertThat(sent.headers()).containsEntry("if-match", "\"3\"");
        JsonNode body = Json.parse(sent.body());
        assertThat(body).isEqualTo(Json.parse("""
                {"url":"https://git.example.com/cells.git","branch":"live","directory":"cells","mode":"git",
                  "onDrift":"heal"}"""));
    }

    @Test
    void theTokenComesFromStandardInputAndIsNotShown() {
        server.on("PUT " + PATH, 201, SET);

        Run.Result result = Run.in(home)
                .at(server)
                .input("glpat-7\n")
                .cyto(
                        "environment",
                        "delivery",
                        "set",
                        "production",
                        "--url",
                        "https://git.example.com/cells.git",
                        "--username",
                        "bot",
                        "--organization",
                        "acme");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(Json.parse(server.requests("PUT " + PATH).getFirst().body()).path("credentials"))
                .isEqualTo(Json.parse("{\"username\":\"bot\",\"token\":\"glpat-7\"}"));
        assertThat(result.out() + result.err()).doesNotContain("glpat-7");
    }

    @Test
    void withoutAnAddressItSaysWhatIsMissing() {
        Run.Result result =
                Run.in(home).at(server).cyto("environment", "delivery", "set", "production", "--organization", "acme");

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).contains("--url");
    }

    @Test
    void theStatusSaysWhoChangedWhat() {
        server.on("GET " + PATH, 200, SET).on("GET " + PATH + "/cells", 200, """
                {"items":[
                  {"project":"shop","sync":"DRIFTED","wantedVersion":4,"writtenVersion":4,
                    "repository":{"file":"cells/shop.yaml","there":true,"version":4,
                      "commit":"0123456789abcdef0123456789abcdef01234567","author":"Ann"},
                    "differences":[{"path":"spec.components[api].replicas","wanted":"1","found":"7"}],
                    "healing":false,"applied":{"version":3,"ready":true}},
                  {"project":"store","sync":"PENDING","wantedVersion":1,"differences":[],"healing":false}],
                 "nextCursor":null}""");

        Run.Result result = Run.in(home)
                .at(server)
                .cyto("environment", "delivery", "status", "production", "--organization", "acme");

        assertThat(result.out()).isEqualTo("""
                PROJECT  SYNC     WANTED  IN GIT  COMMIT        BY   APPLIED  READY
                shop     drifted  4       4       0123456789ab  Ann  3        yes
                store    pending  1       none    -             -    -        no
                shop: spec.components[api].replicas is 7, wanted is 1
                """);
        assertThat(result.err()).contains("cyto environment delivery heal production PROJECT");
    }

    @Test
    void healingAsksForOneProject() {
        server.on("POST " + PATH + "/cells/shop/heal", 202, "{\"project\":\"shop\"}");

        Run.Result result = Run.in(home)
                .at(server)
                .cyto("environment", "delivery", "heal", "production", "shop", "--organization", "acme");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(server.requests("POST " + PATH + "/cells/shop/heal")).hasSize(1);
    }
}
