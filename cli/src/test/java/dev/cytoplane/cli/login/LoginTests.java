package dev.cytoplane.cli.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.cli.Run;
import dev.cytoplane.cli.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTests {

    private static final String TOKEN = "POST /realms/r/token";

    @TempDir
    private Path home;

    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = new Server();
        String address = server.address().toString();
        server.on("GET /.well-known/oauth-protected-resource", 200, """
                        {"resource":"%s","authorization_servers":["%s/realms/r"],"cytoplane_cli_client_id":"the-cli"}""".formatted(address, address))
                .on("GET /realms/r/.well-known/openid-configuration", 200, """
                        {"token_endpoint":"%1$s/realms/r/token","device_authorization_endpoint":"%1$s/realms/r/device"}""".formatted(address))
                .on("POST /realms/r/device", 200, """
                        {"device_code":"dc","user_code":"ABCD-EFGH","verification_uri":"https://sign.in/device",
                         "verification_uri_complete":"https://sign.in/device?user_code=ABCD-EFGH","expires_in":600,"interval":2}""")
                .on("GET /api/v1/me", 200, "{\"username\":\"ada\",\"organizations\":[{\"name\":\"acme\"}]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Run.Result login(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "login";
        arguments[1] = "--server";
        arguments[2] = server.address().toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Run.in(home).cyto(arguments);
    }

    private static final String SIGNED_IN = "{\"access_token\":\"at\",\"refresh_token\":\"rt\",\"expires_in\":300}";

    @Test
    void showsAddressAndCodeAndKeepsTheTokensPrivate() throws IOException {
        server.on(TOKEN, 400, "{\"error\":\"authorization_pending\"}").on(TOKEN, 200, SIGNED_IN);

        Run.Result result = login();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("https://sign.in/device").contains("ABCD-EFGH");
        assertThat(result.out()).contains("as ada");
        Path tokens = home.resolve("cli/tokens/default.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)))
                .isEqualTo("rw-------");
        assertThat(Run.in(home).cyto("list", "contexts").out()).contains("acme");
    }

    @Test
    void proofsThatTheTokenIsAskedForByWhoStartedTheSignIn() {
        server.on(TOKEN, 200, SIGNED_IN);

        login();

        assertThat(server.requests("POST /realms/r/device").getFirst().body())
                .contains("client_id=the-cli")
                .contains("code_challenge_method=S256");
        assertThat(server.requests(TOKEN).getFirst().body())
                .contains("code_verifier=")
                .contains("device_code=dc");
    }

    @Test
    void asksMoreSlowlyWhenTheServerSaysSo() {
        server.on(TOKEN, 400, "{\"error\":\"authorization_pending\"}")
                .on(TOKEN, 400, "{\"error\":\"slow_down\"}")
                .on(TOKEN, 400, "{\"error\":\"authorization_pending\"}")
                .on(TOKEN, 200, SIGNED_IN);

        Run.Result result = login();

        assertThat(result.waits())
                .containsExactly(
                        Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void endsWhenThePersonDeclines() {
        server.on(TOKEN, 400, "{\"error\":\"access_denied\"}");

        Run.Result result = login();

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("declined");
    }

    @Test
    void endsWhenTheCodeHasRunOut() {
        server.on(TOKEN, 400, "{\"error\":\"authorization_pending\"}");

        Run.Result result = login();

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("run out");
        assertThat(result.waits().stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofSeconds(600));
    }

    @Test
    void signsAutomationInWithASecretFromStandardInput() {
        server.on(TOKEN, 200, "{\"access_token\":\"at\",\"expires_in\":300}");

        Run.Result result = Run.in(home)
                .input("s3cret\n")
                .cyto(
                        "login",
                        "--server",
                        server.address().toString(),
                        "--client-id",
                        "robot",
                        "--client-secret-stdin");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(server.requests(TOKEN).getFirst().body())
                .contains("grant_type=client_credentials")
                .contains("client_secret=s3cret");
    }

    @Test
    void renewsATokenBeforeItRunsOut() {
        server.on(TOKEN, 200, "{\"access_token\":\"short\",\"refresh_token\":\"rt\",\"expires_in\":5}")
                .on(TOKEN, 200, "{\"access_token\":\"fresh\",\"expires_in\":300}");
        login();

        Run.Result result = Run.in(home).cyto("token");

        assertThat(result.out()).isEqualTo("fresh\n");
        assertThat(server.requests(TOKEN).get(1).body()).contains("refresh_token=rt");
        assertThat(Run.in(home).cyto("token").out())
                .as("kept for the next command")
                .isEqualTo("fresh\n");
    }

    @Test
    void answersGitOnlyForItsOwnServer() {
        server.on(TOKEN, 200, SIGNED_IN);
        login();

        Run.Result own = Run.in(home)
                .input("protocol=http\nhost=" + server.address().getAuthority() + "\n\n")
                .cyto("git-credential", "get");
        Run.Result other =
                Run.in(home).input("protocol=https\nhost=github.com\n\n").cyto("git-credential", "get");

        assertThat(own.out()).contains("password=at");
        assertThat(other.out()).isEmpty();
    }
}
