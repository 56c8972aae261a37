package dev.cytoplane.dataplane.kubernetes.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in an image, without a registry and without a cluster. */
class ImagesTest {

    @TempDir
    private Path work;

    @Test
    void theSameFilesGiveTheSameImageWheneverTheyWereWritten() throws IOException {
        Path one = artifact("one", "2026-01-01T00:00:00Z");
        Path other = artifact("other", "2026-02-02T02:02:02Z");
        Files.writeString(artifact("changed", "2026-01-01T00:00:00Z").resolve("server.js"), "changed");

        assertThat(digest(one)).startsWith("sha256:").isEqualTo(digest(other));
        assertThat(digest(work.resolve("changed"))).isNotEqualTo(digest(one));
    }

    @Test
    void aFileThatMayBeExecutedMayBeInTheImage() throws IOException {
        Map<String, String> modes = layer(artifact("modes", "2026-01-01T00:00:00Z")).getEntries().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getExtractionPath().toString(),
                        entry -> entry.getPermissions().toOctalString()));

        assertThat(modes)
                .containsEntry("/app/server.js", "644")
                .containsEntry("/app/bin/run", "755")
                .containsEntry("/app/bin", "755");
    }

    @Test
    void whatALinkLeadsToStandsInItsPlace() throws IOException {
        Path folder = artifact("links", "2026-01-01T00:00:00Z");
        Files.createSymbolicLink(folder.resolve("main.js"), Path.of("server.js"));
        Files.createSymbolicLink(folder.resolve("tools"), Path.of("bin"));
        Files.createSymbolicLink(folder.resolve("nothing"), Path.of("away"));

        assertThat(layer(folder).getEntries())
                .extracting(FileEntry::getExtractionPath)
                .extracting(Object::toString)
                .contains("/app/main.js", "/app/tools/run", "/app/bin/run")
                .doesNotContain("/app/nothing");
    }

    @Test
    void aLinkNeitherLeadsOutNorInACircle() throws IOException {
        Path out = artifact("out", "2026-01-01T00:00:00Z");
        Files.writeString(work.resolve("secret"), "secret");
        Files.createSymbolicLink(out.resolve("secret"), work.resolve("secret"));
        Path circle = artifact("circle", "2026-01-01T00:00:00Z");
        Files.createSymbolicLink(circle.resolve("bin/around"), Path.of(".."));

        assertThatThrownBy(() -> layer(out)).isInstanceOf(ImageException.class).hasMessageContaining("out of");
        assertThatThrownBy(() -> layer(circle))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("that it is in");
    }

    private Path artifact(String name, String date) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("run");
        Files.writeString(program, "run");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path server = Files.writeString(folder.resolve("server.js"), "serve");
        Files.setLastModifiedTime(server, FileTime.from(Instant.parse(date)));
        Files.setLastModifiedTime(program, FileTime.from(Instant.parse(date)));
        return folder;
    }

    private static FileEntriesLayer layer(Path folder) {
        return FolderLayer.of("artifact", folder, "/app");
    }

    private String digest(Path artifact) {
        return Images.component(
                Jib.fromScratch(),
                artifact,
                Images.archive(work.resolve("image.tar"), "test/component:1", work.resolve("cache")));
    }
}
