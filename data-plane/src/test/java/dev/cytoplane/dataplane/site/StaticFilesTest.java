package dev.cytoplane.dataplane.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The static server as it runs, asked over HTTP. */
class StaticFilesTest {

    private static final String MODIFIED = "Thu, 01 Jan 2026 00:00:00 GMT";

    @TempDir
    static Path folder;

    private static HttpServer server;
    private static final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void serve() throws IOException {
        Path site = Files.createDirectories(folder.resolve("site"));
        file(site.resolve("index.html"), "start");
        file(site.resolve("digits.txt"), "0123456789");
        file(site.resolve("empty.txt"), "");
        file(site.resolve("app.3f2a9c1b.js"), "code");
        file(site.resolve(".env"), "secret");
        file(site.resolve(".git/config"), "secret");
        file(site.resolve("docs/index.html"), "documentation");
        file(site.resolve("pictures/one.png"), "picture");
        file(folder.resolve("secret.txt"), "secret");
        file(folder.resolve("site-beside/secret.txt"), "secret");
        Files.createSymbolicLink(site.resolve("leak.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(site.resolve("leaks"), folder.resolve("site-beside"));
        server = StaticServer.start(
                site, Validators.OF_FILES, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        http.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "/, start, text/html; charset=utf-8",
        "/index.html, start, text/html; charset=utf-8",
        "/docs/, documentation, text/html; charset=utf-8",
        "/%64igits.txt, 0123456789, text/plain; charset=utf-8",
        "/digits.txt?v=2, 0123456789, text/plain; charset=utf-8",
        "/pictures/../digits.txt, 0123456789, text/plain; charset=utf-8",
        "/pictures/one.png, picture, image/png",
    })
    void servesFiles(String path, String body, String type) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
        assertThat(header(response, "content-type")).isEqualTo(type);
        assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/missing.txt",
                "/missing",
                "/digits.txt/",
                "/pictures",
                "/pictures/",
                "/.env",
                "/.git/config",
                "/%2eenv",
                "/%2e%67it/config",
                "/leak.txt",
                "/leaks/secret.txt",
                "/../secret.txt",
                "/pictures/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/%2e%2e%2fsecret.txt",
                "/..%2fsecret.txt",
                "/%252e%252e/secret.txt",
                "/pictures/%2e%2e/%2e%2e/secret.txt",
                "/../site-beside/secret.txt",
                "//etc/passwd",
                "/%2fetc/passwd",
                "/digits.txt%00.png",
            })
    void nothingElseIsThere(String path) throws IOException {
        assertThat(rawStatus(path)).isIn(400, 404);
    }

    @Test
    void aPersonGetsTheStartPageForAPathOfTheApplicationsRouter() throws Exception {
        assertThat(get("/orders/17", "Accept", "text/html,*/*").body()).isEqualTo("start");
        assertThat(get("/orders/17", "Accept", "application/json").statusCode()).isEqualTo(404);
        assertThat(get("/orders/17.js", "Accept", "text/html").statusCode()).isEqualTo(404);
        assertThat(get("/.git/head", "Accept", "text/html").statusCode()).isEqualTo(404);
    }

    @Test
    void aFolderGetsItsSlashSoThatItsPagesOwnLinksLeadRight() throws Exception {
        HttpResponse<String> response = get("/docs?page=2");
        assertThat(response.statusCode()).isEqualTo(308);
        assertThat(header(response, "location")).isEqualTo("./docs/?page=2");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, 0123, bytes 0-3/10",
        "bytes=7-, 206, 789, bytes 7-9/10",
        "bytes=-2, 206, 89, bytes 8-9/10",
        "bytes=-20, 206, 0123456789, bytes 0-9/10",
        "bytes=8-100, 206, 89, bytes 8-9/10",
        "bytes=10-, 416, , bytes */10",
        "bytes=-0, 416, , bytes */10",
        "'bytes=0-1,4-5', 200, 0123456789, ",
        "bytes=4-2, 200, 0123456789, ",
        "bytes=x-2, 200, 0123456789, ",
        "lines=0-1, 200, 0123456789, ",
        "bytes=99999999999999999999-, 200, 0123456789, ",
    })
    void answersOneRange(String range, int status, String body, String contentRange) throws Exception {
        HttpResponse<String> response = get("/digits.txt", "Range", range);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-range").orElse(null)).isEqualTo(contentRange);
        if (body != null) {
            assertThat(response.body()).isEqualTo(body);
        }
    }

    @Test
    void aRangeOfAnotherContentIsTheWholeFile() throws Exception {
        String tag = header(get("/digits.txt"), "etag");
        assertThat(get("/digits.txt", "Range", "bytes=0-3", "If-Range", tag).body())
                .isEqualTo("0123");
        assertThat(get("/digits.txt", "Range", "bytes=0-3", "If-Range", MODIFIED)
                        .body())
                .isEqualTo("0123");
        assertThat(get("/digits.txt", "Range", "bytes=0-3", "If-Range", "\"other\"")
                        .body())
                .isEqualTo("0123456789");
    }

    @Test
    void aKnownFileIsNotSentAgain() throws Exception {
        String tag = header(get("/digits.txt"), "etag");
        assertThat(status("/digits.txt", "If-None-Match", tag)).isEqualTo(304);
        assertThat(status("/digits.txt", "If-None-Match", "\"other\", W/" + tag))
                .isEqualTo(304);
        assertThat(status("/digits.txt", "If-None-Match", "*")).isEqualTo(304);
        assertThat(status("/digits.txt", "If-None-Match", "\"other\"")).isEqualTo(200);
        assertThat(status("/digits.txt", "If-Modified-Since", MODIFIED)).isEqualTo(304);
        assertThat(status("/digits.txt", "If-Modified-Since", "Wed, 31 Dec 2025 23:59:59 GMT"))
                .isEqualTo(200);
        assertThat(status("/digits.txt", "If-Modified-Since", "yesterday")).isEqualTo(200);
        assertThat(status("/digits.txt", "If-None-Match", "\"other\"", "If-Modified-Since", MODIFIED))
                .isEqualTo(200);
    }

    @Test
    void whereFilesHaveNoDatesTheSitesDigestTellsItsReleasesApart() throws Exception {
        HttpServer first = undated("sha256:" + "1".repeat(64));
        HttpServer second = undated("sha256:" + "2".repeat(64));
        try {
            HttpResponse<String> response = get(uri(first, "/digits.txt"));
            String tag = header(response, "etag");

            assertThat(response.headers().firstValue("last-modified")).isEmpty();
            assertThat(get(uri(first, "/digits.txt"), "If-None-Match", tag).statusCode())
                    .isEqualTo(304);
            assertThat(get(uri(second, "/digits.txt"), "If-None-Match", tag).statusCode())
                    .isEqualTo(200);
            assertThat(get(uri(second, "/digits.txt"), "If-Modified-Since", MODIFIED)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(uri(first, "/digits.txt"), "Range", "bytes=0-3", "If-Range", tag)
                            .body())
                    .isEqualTo("0123");
        } finally {
            first.stop(0);
            second.stop(0);
        }
    }

    private static HttpServer undated(String digest) throws IOException {
        return StaticServer.start(
                folder.resolve("site"),
                Validators.ofSite(digest),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void onlyAFileThatIsNamedByItsContentIsKeptUnasked() throws Exception {
        assertThat(header(get("/app.3f2a9c1b.js"), "cache-control")).contains("immutable");
        assertThat(header(get("/index.html"), "cache-control")).isEqualTo("no-cache");
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(uri("/digits.txt")).HEAD().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-length")).isEqualTo("10");
        assertThat(get("/empty.txt").body()).isEmpty();
    }

    @Test
    void refusesOtherMethods() throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(uri("/digits.txt")).DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "allow")).isEqualTo("GET, HEAD");
    }

    private static void file(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }

    private static URI uri(String path) {
        return uri(server, path);
    }

    private static URI uri(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        return get(uri(path), headers);
    }

    private static HttpResponse<String> get(URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int status(String path, String... headers) throws Exception {
        return get(path, headers).statusCode();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    /** Over a plain socket, since no client would send such a path. */
    private static int rawStatus(String path) throws IOException {
        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort());
                BufferedReader answer = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return Integer.parseInt(answer.readLine().split(" ")[1]);
        }
    }
}
