package dev.cytoplane.controlplane.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class WorkingTreeTest {

    @Test
    void equalFilesAreOneTreeWhateverTheArchiveLooksLike() throws IOException {
        byte[] one = new TarGz()
                .file("b.txt", "b")
                .folder("empty/")
                .file("a/a.txt", "a")
                .bytes();
        byte[] two = new TarGz()
                .folder("./")
                .folder("./a/")
                .file("./a/a.txt", "a")
                .file("./b.txt", "b")
                .bytes();

        assertThat(read(one)).isEqualTo(read(two));
        assertThat(read(new TarGz().file("a/a.txt", "a").bytes())).isNotEqualTo(read(one));
    }

    @Test
    void passesOverGit() throws IOException {
        byte[] with = new TarGz()
                .file("a", "a")
                .file(".git/config", "x")
                .file("sub/.GIT/hooks/post-checkout", "x")
                .bytes();

        assertThat(read(with)).isEqualTo(read(new TarGz().file("a", "a").bytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../a", "a/../../b", "a\\..\\b", "a/../b"})
    void refusesPathsThatLeadOut(String path) {
        assertRefused(new TarGz().file(path, "x").bytes(), "");
    }

    @Test
    void refusesWhatIsNoTree() {
        assertRefused(new TarGz().link("a", "../../etc/passwd").bytes(), "leads to");
        assertRefused(new TarGz().link("a", "/etc/passwd").bytes(), "leads to");
        assertRefused(new TarGz().hardLink("a", "/etc/passwd").bytes(), "neither a file");
        assertRefused(new TarGz().device("a").bytes(), "neither a file");
        assertRefused(new TarGz().file("a", "1").file("a", "2").bytes(), "twice");
        assertRefused(new TarGz().file("a", "1").file("a/b", "2").bytes(), "a file and a folder");
        assertRefused(new TarGz().bytes(), "no files");
        assertRefused("not an archive".getBytes(StandardCharsets.UTF_8), "gzip");
        byte[] whole = new TarGz().file("a", "x".repeat(5000)).bytes();
        assertRefused(java.util.Arrays.copyOf(whole, whole.length / 2), "");
    }

    @Test
    void namesTheLimitThatWasPassed() {
        assertRefused(new TarGz().file("a", "x".repeat(2 << 20)).bytes(), "object-limit");
        TarGz large = new TarGz();
        for (int i = 0; i < 4; i++) {
            large.file("f" + i, "x".repeat(900 << 10));
        }
        assertRefused(large.bytes(), "unpacked-limit");
        TarGz many = new TarGz();
        for (int i = 0; i < 20; i++) {
            many.file("f" + i, "x");
        }
        assertRefused(many.bytes(), "file-limit");
    }

    private static void assertRefused(byte[] archive, String words) {
        assertThatThrownBy(() -> read(archive))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(words);
    }

    private static String read(byte[] archive) throws IOException {
        SourceSettings settings = new SourceSettings(
                Set.of(),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(3),
                10,
                Duration.ofSeconds(1));
        try (InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("test"));
                ObjectInserter inserter = repository.newObjectInserter()) {
            return new WorkingTree(inserter, settings)
                    .read(new ByteArrayInputStream(archive))
                    .name();
        }
    }
}
