package dev.cytoplane.endtoend.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cytoplane.endtoend.platform.Json;
import dev.cytoplane.endtoend.platform.Platform;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** The example payloads that GitHub publishes as an npm package; fetched with npm once and kept in target. */
final class PublishedPayloads {

    private static final String PACKAGE = "@octokit/webhooks-examples@7.6.1";
    private static final String ARCHIVE = "octokit-webhooks-examples-7.6.1.tgz";
    private static final String ENTRY = "package/api.github.com/index.json";
    private static final int BLOCK = 512;

    private final JsonNode index;

    private PublishedPayloads(JsonNode index) {
        this.index = index;
    }

    static PublishedPayloads fetch(Platform platform) throws IOException, InterruptedException {
        Path folder = platform.root().resolve("end-to-end/target");
        Path archive = folder.resolve(ARCHIVE);
        if (!Files.exists(archive)) {
            assumeTrue(
                    Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                            .anyMatch(path -> Files.isExecutable(Path.of(path, "npm"))),
                    "npm is not on this machine, and GitHub's published payloads are fetched with it");
            Process npm = new ProcessBuilder("npm", "pack", "--silent", PACKAGE)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(npm.waitFor(2, TimeUnit.MINUTES)).as(said).isTrue();
            assertThat(archive).as(said).exists();
        }
        return new PublishedPayloads(Json.read(entry(archive)));
    }

    /** Every published example of an event. */
    List<JsonNode> of(String event) {
        List<JsonNode> examples = index.valueStream()
                .filter(it -> it.path("name").asString().equals(event))
                .flatMap(it -> it.path("examples").valueStream())
                .toList();
        assertThat(examples).as("examples of %s", event).isNotEmpty();
        return examples;
    }

    /** One file of a gzipped tar: a header of 512 bytes with name and octal size, then the content in whole blocks. */
    private static String entry(Path archive) throws IOException {
        try (InputStream tar = new GZIPInputStream(Files.newInputStream(archive))) {
            for (byte[] header = tar.readNBytes(BLOCK);
                    header.length == BLOCK && header[0] != 0;
                    header = tar.readNBytes(BLOCK)) {
                int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
                byte[] content = tar.readNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
                if (text(header, 0, 100).equals(ENTRY)) {
                    return new String(content, 0, size, StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError(archive + " has no " + ENTRY);
    }

    private static String text(byte[] header, int start, int length) {
        String text = new String(header, start, length, StandardCharsets.US_ASCII);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
