package dev.cytoplane.dataplane.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveTest {

    private static final String SECRET = "another cell's secret";

    @TempDir
    Path outside;

    private Path folder;

    @BeforeEach
    void aFileLiesBesideTheFolder() throws IOException {
        Files.writeString(outside.resolve("secret"), SECRET);
        folder = Files.createDirectories(outside.resolve("artifact"));
    }

    @Test
    void keepsFilesFoldersLinksAndTheRightToExecute() throws IOException {
        unpack(
                folder("bin/"),
                file("bin/start", "run").withMode(0100755),
                symbolicLink("start", "bin/start"),
                hardLink("bin/again", "bin/start"),
                file("lib/deep/code", "code"));

        assertThat(folder.resolve("start")).isSymbolicLink().hasContent("run").isExecutable();
        assertThat(folder.resolve("bin/again")).isRegularFile().hasContent("run");
        assertThat(folder.resolve("lib/deep/code")).hasContent("code");
        assertThat(Files.isExecutable(folder.resolve("lib/deep/code"))).isFalse();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("upwards", List.of(file("../secret", "mine"))),
                Arguments.of("upwards later", List.of(file("a/../../secret", "mine"))),
                Arguments.of("absolute", List.of(file("/tmp/cytoplane-archive-test", "mine"))),
                Arguments.of("a link upwards", List.of(symbolicLink("a", "../secret"))),
                Arguments.of("an absolute link", List.of(symbolicLink("a", "/etc/passwd"))),
                Arguments.of("a hard link upwards", List.of(hardLink("a", "../secret"))),
                Arguments.of("an absolute hard link", List.of(hardLink("a", "/etc/passwd"))),
                Arguments.of(
                        "through a link",
                        List.of(folder("b/"), symbolicLink("a", "b"), file("a/file", "written through a link"))),
                Arguments.of(
                        "a hard link through a link",
                        List.of(file("b/file", "x"), symbolicLink("a", "b"), hardLink("c", "a/file"))),
                Arguments.of("a device", List.of(special("null", TarConstants.LF_CHR))),
                Arguments.of("a block device", List.of(special("disk", TarConstants.LF_BLK))),
                Arguments.of("a pipe", List.of(special("pipe", TarConstants.LF_FIFO))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refusesWhatReachesOutsideOrIsNoFile(String name, List<Part> parts) {
        assertThatThrownBy(() -> unpack(parts.toArray(Part[]::new)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("artifact");
        assertThat(outside.resolve("secret")).hasContent(SECRET);
        assertThat(Path.of("/tmp/cytoplane-archive-test")).doesNotExist();
    }

    /** The text "d/../secret" stays inside; followed through the link d, it would not. */
    @Test
    void aLinkBehindALinkDoesNotLeadOutside() throws IOException {
        unpack(
                folder("a/b/"),
                symbolicLink("a/b/d", "../.."),
                symbolicLink("a/b/e", "d/../secret"),
                file("a/b/secret", "inside"));

        assertThat(folder.resolve("a/b/e")).hasContent("inside");
    }

    @Test
    void refusesWhatIsLargeUnpacked() {
        byte[] zeros = new byte[1 << 20];
        assertThatThrownBy(() -> unpack(new Archive.Limits(1 << 16, 10), new Part(entry("a"), zeros)))
                .hasMessageContaining("too large");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void refusesALargeFileLinkedManyTimes() {
        Part[] parts = Stream.concat(
                        Stream.of(new Part(entry("a"), new byte[1 << 12])),
                        IntStream.range(0, 100).mapToObj(number -> hardLink("a-" + number, "a")))
                .toArray(Part[]::new);
        assertThatThrownBy(() -> unpack(new Archive.Limits(1 << 16, 1_000), parts))
                .hasMessageContaining("too large");
    }

    @Test
    void refusesTooManyEntries() {
        Part[] parts = IntStream.range(0, 11)
                .mapToObj(number -> file("f-" + number, ""))
                .toArray(Part[]::new);
        assertThatThrownBy(() -> unpack(new Archive.Limits(1 << 16, 10), parts)).hasMessageContaining("too large");
    }

    @Test
    void refusesWhatIsNoArchiveOrOnlyHalfOfOne() throws IOException {
        Path text = Files.writeString(outside.resolve("text"), "not an archive");
        assertThatThrownBy(() -> Archive.unpack(text, folder)).isInstanceOf(IOException.class);
        byte[] whole = archive(file("a", "content".repeat(1_000)));
        Path half = Files.write(outside.resolve("half"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Archive.unpack(half, folder)).isInstanceOf(IOException.class);
    }

    private record Part(TarArchiveEntry entry, byte[] content) {
        Part withMode(int mode) {
            entry.setMode(mode);
            return this;
        }
    }

    private static TarArchiveEntry entry(String name) {
        return new TarArchiveEntry(name, true);
    }

    private static Part file(String name, String content) {
        return new Part(entry(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private static Part folder(String name) {
        return new Part(entry(name), new byte[0]);
    }

    private static Part symbolicLink(String name, String target) {
        return link(name, target, TarConstants.LF_SYMLINK);
    }

    private static Part hardLink(String name, String target) {
        return link(name, target, TarConstants.LF_LINK);
    }

    private static Part link(String name, String target, byte kind) {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(target);
        return new Part(entry, new byte[0]);
    }

    private static Part special(String name, byte kind) {
        return new Part(new TarArchiveEntry(name, kind, true), new byte[0]);
    }

    private void unpack(Part... parts) throws IOException {
        unpack(Archive.Limits.USUAL, parts);
    }

    private void unpack(Archive.Limits limits, Part... parts) throws IOException {
        Archive.unpack(Files.write(outside.resolve("archive.tar.gz"), archive(parts)), folder, limits);
    }

    private static byte[] archive(Part... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zipped = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(zipped)) {
            for (Part part : parts) {
                part.entry().setSize(part.content().length);
                tar.putArchiveEntry(part.entry());
                tar.write(part.content());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
