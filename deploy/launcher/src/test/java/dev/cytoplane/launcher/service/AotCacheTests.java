package dev.cytoplane.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTests {

    private static final Instant BUILT = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private List<Path> classPath;

    @BeforeEach
    void build() throws IOException {
        classPath = List.of(file("service.jar", BUILT), file("library.jar", BUILT));
    }

    @Test
    void isTheSameAsLongAsTheProgramIs() throws IOException {
        AotCache cache = AotCache.of(folder, classPath);
        assertThat(cache.exists()).isFalse();
        Files.createFile(cache.file());
        assertThat(AotCache.of(folder, classPath)).isEqualTo(cache);
        assertThat(cache.exists()).isTrue();
    }

    @Test
    void isAnotherOnceALibraryWasBuiltAgain() throws IOException {
        AotCache cache = AotCache.of(folder, classPath);
        file("library.jar", BUILT.plusSeconds(120));
        assertThat(AotCache.of(folder, classPath)).isNotEqualTo(cache);
    }

    @Test
    void isAnotherOnceALibraryHasAnotherSize() throws IOException {
        AotCache cache = AotCache.of(folder, classPath);
        Files.writeString(folder.resolve("library.jar"), "more than before");
        Files.setLastModifiedTime(folder.resolve("library.jar"), FileTime.from(BUILT));
        assertThat(AotCache.of(folder, classPath)).isNotEqualTo(cache);
    }

    @Test
    void doesNotChangeHowAServiceIsStartedWhenItComes() throws IOException {
        AotCache cache = AotCache.of(folder, classPath);
        List<String> before = cache.flags();
        Files.createFile(cache.file());
        assertThat(cache.flags()).isEqualTo(before).contains("-XX:AOTCache=" + cache.file());
    }

    @Test
    void clearsAwayThoseOfEarlierBuildsAndNothingElse() throws IOException {
        AotCache earlier = AotCache.of(folder, classPath);
        Files.createFile(earlier.file());
        file("library.jar", BUILT.plusSeconds(120));
        AotCache now = AotCache.of(folder, classPath);
        Files.createFile(now.file());
        now.deleteOthers();
        assertThat(earlier.exists()).isFalse();
        assertThat(now.exists()).isTrue();
        assertThat(folder.resolve("service.jar")).exists();
    }

    private Path file(String name, Instant modified) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, name);
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
