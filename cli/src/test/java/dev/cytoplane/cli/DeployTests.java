package dev.cytoplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployTests {

    private static final String COMPONENT = "/api/v1/organizations/acme/projects/shop/components/api";

    @TempDir
    private Path home;

    @TempDir
    private Path source;

    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = new Server();
        Files.writeString(source.resolve("index.js"), "1");
        server.on("GET /api/v1/organizations/acme/projects/shop", 200, "{}")
                .on("POST /api/v1/organizations/acme/projects/shop/components", 201, "{}")
                .on("POST " + COMPONENT + "/uploads", 201, "{\"id\":\"b1\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Run.Result deploy() {
        return Run.in(home)
                .at(server)
                .cyto("deploy", source.toString(), "--component", "shop/api", "--organization", "acme");
    }

    @Test
    void createsWhatIsMissingAndFollowsBuildAndDeploymentToTheAddress() {
        server.on("GET " + COMPONENT, 404, "{}")
                .on("GET " + COMPONENT, 200, "{\"autoDeploy\":true}")
                .on("GET " + COMPONENT + "/builds/b1/events", 200, """
                        event: log
                        id: 1
                        data: {"offset":0,"text":"npm ci\\n"}

                        event: status
                        id: 2
                        data: {"id":"b1","status":"SUCCEEDED","release":"r-1","deployment":"d1"}

                        """)
                .on("GET " + COMPONENT + "/deployments/d1", 200, "{\"id\":\"d1\",\"environment\":\"development\"}")
                .on("GET " + COMPONENT + "/deployments/d1/events", 200, """
                        event: status
                        id: 1
                        data: {"id":"d1","status":"LIVE","environment":"development","release":"r-1","urls":["http://x.localhost/"]}

                        """);

        Run.Result result = deploy();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("does not exist yet: creating it").contains("npm ci");
        assertThat(result.out()).contains("Live in development").contains("http://x.localhost/");
        assertThat(server.requests("POST " + COMPONENT + "/uploads").getFirst().headers())
                .containsEntry("content-type", "application/gzip");
    }

    @Test
    void endsWithSevenWhenTheBuildFails() {
        server.on("GET " + COMPONENT, 200, "{}").on("GET " + COMPONENT + "/builds/b1/events", 200, """
                        event: status
                        id: 1
                        data: {"id":"b1","status":"FAILED","error":"npm ci failed"}

                        """);

        Run.Result result = deploy();

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.err()).contains("npm ci failed");
    }
}
