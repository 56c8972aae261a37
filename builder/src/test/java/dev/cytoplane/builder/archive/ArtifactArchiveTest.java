package dev.cytoplane.builder.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.builder.BuildFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactArchiveTest {

    @TempDir
    Path folder;

    @Test
    void equalFilesGiveEqualBytesWhateverTheirTimesAndOrder() throws IOException {
        Path one = tree("one", List.of("b/x.js", "a.js", "ü-" + "long/".repeat(40) + "end"));
        Path two = tree("two", List.of("ü-" + "long/".repeat(40) + "end", "a.js", "b/x.js"));
        Files.setLastModifiedTime(two.resolve("a.js"), FileTime.from(Instant.ofEpochSecond(1)));
        Files.createDirectories(two.resolve(".git"));

        assertThat(archive(one)).isEqualTo(archive(two));
    }

    @Test
    void theExecutableBitIsContent() throws IOException {
        Path one = tree("one", List.of("run"));
        Path two = tree("two", List.of("run"));
        assertThat(two.resolve("run").toFile().setExecutable(true)).isTrue();

        assertThat(archive(one)).isNotEqualTo(archive(two));
    }

    @Test
    void takesOnlyWhatIsNamed() throws IOException {
        Path root = tree("one", List.of("target/app.jar", "target/lib/a.jar", "src/Main.java"));

        assertThat(names(root, List.of("target/app.jar", "target/lib")))
                .containsExactly("target/", "target/app.jar", "target/lib/", "target/lib/a.jar");
    }

    @Test
    void refusesLinksThatLeadOut() throws IOException {
        Path root = tree("one", List.of("a"));
        Files.createSymbolicLink(root.resolve("b"), Path.of("../secret"));

        assertThatThrownBy(() -> archive(root)).isInstanceOf(BuildFailure.class).hasMessageContaining("../secret");
    }

    private Path tree(String name, List<String> files) throws IOException {
        Path root = Files.createDirectories(folder.resolve(name));
        for (String file : files) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "content of " + file);
        }
        return root;
    }

    private byte[] archive(Path root) throws IOException {
        Path archive = folder.resolve(root.getFileName() + ".tar.gz");
        ArtifactArchive.write(root, List.of(), archive);
        return Files.readAllBytes(archive);
    }

    private List<String> names(Path root, List<String> paths) throws IOException {
        Path archive = folder.resolve("some.tar.gz");
        ArtifactArchive.write(root, paths, archive);
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
                assertThat(entry.getLastModifiedTime().toMillis()).isZero();
                assertThat(entry.getLongUserId()).isZero();
            }
        }
        return names;
    }
}
