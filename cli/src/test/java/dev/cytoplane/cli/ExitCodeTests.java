package dev.cytoplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTests {

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

    @ParameterizedTest
    @CsvSource({"200, 0", "400, 1", "401, 3", "403, 4", "404, 5", "409, 6", "412, 6", "500, 1", "503, 8"})
    void followsFromWhatTheServerAnswers(int status, int exitCode) {
        server.on("GET /api/v1/me", status, "{\"username\":\"ada\",\"detail\":\"Because.\"}");

        Run.Result result = Run.in(home).at(server).cyto("whoami");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    }

    @Test
    void isUnreachableWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        Run.Result result = Run.in(home)
                .with("CYTOPLANE_SERVER", "http://127.0.0.1:" + port)
                .with("CYTOPLANE_TOKEN", "t")
                .cyto("whoami");

        assertThat(result.exitCode()).isEqualTo(8);
        assertThat(result.err()).contains("127.0.0.1:" + port, "cyto up");
    }

    @Test
    void isNotSignedInWithoutAContext() {
        Run.Result result = Run.in(home).cyto("whoami");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("cyto login");
    }

    @ParameterizedTest
    @CsvSource({"lst, list", "depoly, deploy", "lgoin, login", "whomai, whoami", "promot, promote"})
    void isUsageForAMistypedCommandWithASuggestion(String typed, String meant) {
        Run.Result result = Run.in(home).cyto(typed);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Did you mean: " + meant);
    }

    @Test
    void isUsageForAnUnknownOptionAndSaysWhichMayBeMeant() {
        Run.Result result = Run.in(home).cyto("list", "projects", "--organisation", "acme");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--organization");
    }

    @Test
    void isUsageWhenTheOrganizationIsNotSaid() {
        Run.Result result = Run.in(home).at(server).cyto("list", "projects");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("cyto use ORGANIZATION");
    }

    @Test
    void helpIsNoFailure() {
        Run.Result result = Run.in(home).cyto("deploy", "--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Usage: cyto deploy").contains("--component");
    }
}
