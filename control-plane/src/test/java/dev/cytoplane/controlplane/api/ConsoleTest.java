package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.FileSystemUtils;

/** The web console is served at the root, to everyone, and gets in nobody's way. */
@ControlPlaneTest
class ConsoleTest {

    private static final String PAGE = "<!doctype html><title>Console</title>";
    private static final String PLAIN = "plain ".repeat(100);

    @LocalServerPort
    int port;

    @Value("${cytoplane.console.folder}")
    Path folder;

    Client anyone;

    @BeforeEach
    void build() throws IOException {
        anyone = Client.anonymous(port);
        Files.createDirectories(folder.resolve("assets"));
        Files.writeString(folder.resolve("index.html"), PAGE);
        Files.writeString(folder.resolve("assets/app-1a2b.js"), PLAIN);
        Files.writeString(folder.resolve("assets/app-1a2b.js.br"), "brotli");
        Files.writeString(folder.resolve("assets/app-1a2b.js.gz"), "gzip");
    }

    @AfterEach
    void remove() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }

    @Test
    void everyAddressOfAPageIsTheOnePage() {
        for (String path :
                List.of("/", "/signed-in?code=x", "/orgs/acme", "/orgs/acme/projects/shop/components/api.v2")) {
            var answer = anyone.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.response().body()).as(path).isEqualTo(PAGE);
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-cache");
            assertThat(answer.header("Content-Type")).as(path).startsWith("text/html");
        }
    }

    @Test
    void whatHasAMeaningOfItsOwnKeepsIt() {
        for (String path : List.of(
                "/api/v1/nothing",
                "/api",
                "/git/a/b/c.git/nothing",
                "/webhooks/x",
                "/link/v1/cells",
                "/.well-known/nothing",
                "/actuator",
                "/error",
                "/assets/app-of-yesterday.js",
                "/assets/../index.html",
                "/assets/%2e%2e/index.html",
                "/assets/..%2findex.html")) {
            var answer = anyone.get(path);
            assertThat(answer.status()).as(path).isIn(400, 401, 404);
            assertThat(answer.response().body()).as(path).doesNotContain("<title>Console");
        }
        assertThat(anyone.get("/healthz").text("/status")).isEqualTo("UP");
        assertThat(anyone.post("/orgs/acme", "{}").status()).isEqualTo(401);
        assertThat(Client.of(port, "ann").get("/api/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void nothingButOurOwnFilesRunsInThePage() {
        var answer = anyone.get("/");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .contains("connect-src 'self' " + origin(TestIssuer.SHARED.issuer()))
                .doesNotContain("unsafe", "*");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void aPageThatTheBrowserHasIsNotSentAgain() throws IOException {
        String etag = java.util.Objects.requireNonNull(anyone.get("/").header("ETag"));
        assertThat(anyone.with("If-None-Match", etag).get("/orgs/acme").status())
                .isEqualTo(304);
        Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Console, the next</title>");
        assertThat(anyone.with("If-None-Match", etag).get("/").status()).isEqualTo(200);
    }

    @Test
    void assetsAreKeptForEverAndSentCompressed() {
        var plain = anyone.get("/assets/app-1a2b.js");
        assertThat(plain.response().body()).isEqualTo(PLAIN);
        assertThat(plain.header("Cache-Control")).contains("max-age=31536000", "immutable");
        assertThat(plain.header("Content-Type")).contains("javascript");

        var gzip = anyone.with("Accept-Encoding", "gzip").get("/assets/app-1a2b.js");
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.response().body()).isEqualTo("gzip");
        assertThat(gzip.header("Content-Type")).contains("javascript");
        assertThat(gzip.header("Vary")).contains("Accept-Encoding");
        assertThat(anyone.with("Accept-Encoding", "gzip, deflate, br")
                        .get("/assets/app-1a2b.js")
                        .header("Content-Encoding"))
                .isEqualTo("br");
    }

    @Test
    void withoutAConsoleThePageSaysSo() throws IOException {
        remove();
        var answer = anyone.get("/orgs/acme");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).contains("built without its web console");
    }

    private static String origin(String issuer) {
        var uri = java.net.URI.create(issuer);
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
