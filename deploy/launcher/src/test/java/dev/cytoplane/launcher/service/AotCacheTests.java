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
    void isNotUsedBeforeItIsMade() {
        assertThat(cache.isFresh()).isFalse();
        assertThat(cache.flags()).isEmpty();
    }

    @Test
    void isUsedWhenItIsNewerThanTheProgram() throws IOException {
        file("service.aot", BUILT.plusSeconds(60));
        assertThat(cache.isFresh()).isTrue();
        assertThat(cache.flags()).contains("-XX:AOTCache=" + cache.file());
    }

    @Test
    void isNotUsedOnceALibraryWasBuiltAgain() throws IOException {
        file("service.aot", BUILT.plusSeconds(60));
        file("library.jar", BUILT.plusSeconds(120));
        assertThat(cache.isFresh()).isFalse();
        assertThat(cache.flags()).isEmpty();
    }

    private Path file(String name, Instant modified) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, name);
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
