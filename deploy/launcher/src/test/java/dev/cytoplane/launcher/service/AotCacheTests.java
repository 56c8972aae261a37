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

    private Path program;
    private Path library;
    private AotCache cache;

    @BeforeEach
    void build() throws IOException {
        program = file("service.jar", BUILT);
        library = file("library.jar", BUILT);
        cache = new AotCache(folder.resolve("service.aot"), List.of(program, library));
    }

    @Test
    void isMissingBeforeItIsMade() {
        assertThat(cache.isFresh()).isFalse();
    }

    @Test
    void isFreshWhenItIsNewerThanTheProgram() throws IOException {
        file("service.aot", BUILT.plusSeconds(60));
        assertThat(cache.isFresh()).isTrue();
    }

    @Test
    void isStaleOnceALibraryWasBuiltAgain() throws IOException {
        file("service.aot", BUILT.plusSeconds(60));
        file("library.jar", BUILT.plusSeconds(120));
        assertThat(cache.isFresh()).isFalse();
    }

    @Test
    void doesNotChangeHowAServiceIsStartedWhenItComes() throws IOException {
        List<String> before = cache.flags();
        file("service.aot", BUILT.plusSeconds(60));
        assertThat(cache.flags()).isEqualTo(before).contains("-XX:AOTCache=" + cache.file());
    }

    private Path file(String name, Instant modified) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, name);
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
