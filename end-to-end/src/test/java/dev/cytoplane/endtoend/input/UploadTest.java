package dev.cytoplane.endtoend.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

@WithPlatform
@TestInstance(Lifecycle.PER_CLASS)
class UploadTest {

    private static final int LIMIT = 100 * 1024 * 1024;

    private final Platform platform;
    private final Sandbox sandbox;

    UploadTest(Platform platform) {
        this.platform = platform;
        this.sandbox = platform.sandbox("upload");
        sandbox.create("api");
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoHonestWorkingTree() {
        Map<String, byte[]> archives = Map.of(
                "no archive", "hello".getBytes(StandardCharsets.UTF_8),
                "zipped, but no archive", Archive.gzip("hello".repeat(1000).getBytes(StandardCharsets.UTF_8)),
                "an archive that breaks off",
                        half(new Archive()
                                .file("server.js", "x".repeat(100_000))
                                .zipped()),
                "an empty archive", new Archive().zipped(),
                "a file outside", new Archive().file("../../evil", "x").zipped(),
                "an absolute file", new Archive().file("/tmp/evil", "x").zipped(),
                "git's own folder", new Archive().file(".git/config", "x").zipped(),
                "a way through a link",
                        new Archive()
                                .symbolicLink("out", "/tmp")
                                .file("out/evil", "x")
                                .zipped(),
                "a hard link to the outside",
                        new Archive().hardLink("passwd", "/etc/passwd").zipped(),
                "a device", new Archive().device("zero").zipped());
        return archives.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(archive -> DynamicTest.dynamicTest(
                        archive.getKey(), () -> refuses(archive.getKey(), archive.getValue(), Set.of(400))));
    }

    @Test
    void refusesWhatIsLargerThanTheLimitEvenWhenItsSizeIsNotTold() throws IOException {
        // What does not compress; each file by itself is within the limit of a file.
        Random random = new Random(1);
        byte[] archive = new Archive()
                .file("noise", random, LIMIT / 2)
                .file("more noise", random, LIMIT / 2)
                .zipped();
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.api().url(path())))
                .header("Authorization", "Bearer " + platform.api().token())
                .header("Content-Type", "application/gzip")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(archive)))
                .build();
        Answer answer = platform.http().send(request);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(413);
    }

    /** Half a megabyte that becomes 600, of files that are small enough each. */
    @Test
    void refusesWhatIsLargeOnlyWhenUnpacked() throws IOException {
        byte[] zeros = new byte[50 * 1024 * 1024];
        var bomb = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(bomb)) {
            for (int file = 0; file < 12; file++) {
                zipped.write(Archive.header("zeros-" + file, zeros.length));
                zipped.write(zeros);
            }
        }
        Answer answer = refuses("a bomb", bomb.toByteArray(), Set.of(400, 413));
        assertThat(answer.text()).contains("unpacked");
    }

    private Answer refuses(String fault, byte[] archive, Set<Integer> statuses) {
        JsonNode before = builds();
        Map<String, String> headers = Map.of("Content-Type", "application/gzip");
        Answer answer = platform.api().send("POST", path(), archive, headers);
        BadRequest request = new BadRequest(fault, "POST", path(), "", headers, archive, statuses, "");
        assertThat(Verdict.of(request, answer)).as(answer.toString()).isEmpty();
        assertThat(builds()).isEqualTo(before);
        return answer;
    }

    private String path() {
        return sandbox.component("api") + "/uploads";
    }

    private JsonNode builds() {
        return platform.api()
                .get(sandbox.component("api") + "/builds")
                .expect(200)
                .json()
                .path("items");
    }

    private static byte[] half(byte[] archive) {
        return Arrays.copyOf(archive, archive.length / 2);
    }
}
