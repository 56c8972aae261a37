package dev.cytoplane.controlplane.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTests {

    @TempDir
    Path folder;

    @Test
    void keepsOneCopyOfEqualContentUnderItsHash() throws Exception {
        Artifacts artifacts = new Artifacts(folder.resolve("artifacts"));
        Path file = Files.writeString(folder.resolve("a"), "hello");

        String digest = artifacts.put(file);

        assertThat(artifacts.put(file)).isEqualTo(digest);
        assertThat(digest).isEqualTo("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        try (InputStream in = artifacts.open(digest).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        }
        try (Stream<Path> files = Files.walk(folder.resolve("artifacts")).filter(Files::isRegularFile)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void opensNothingThatIsNotADigest() {
        Artifacts artifacts = new Artifacts(folder);

        assertThat(artifacts.open("sha256:../../etc/passwd")).isEmpty();
        assertThat(artifacts.open("sha256:" + "0".repeat(64))).isEmpty();
    }
}
