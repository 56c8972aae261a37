package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.build.log.BuildLog;
import dev.cytoplane.controlplane.build.log.BuildLogs;
import dev.cytoplane.controlplane.build.log.Signals;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What builds leave on disk stays below its limits, and what is in use stays. */
class DiskLimitsTest {

    private static final Instant NOW = Instant.now();

    @TempDir
    Path state;

    private Caches caches;
    private BuildLogs logs;
    private OldLogs oldLogs;

    @BeforeEach
    void set() {
        BuildSettings settings = new BuildSettings(
                null,
                null,
                null,
                null,
                null,
                null,
                DataSize.ofBytes(250),
                Duration.ofMinutes(1),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                Duration.ofDays(30),
                DataSize.ofBytes(100),
                DataSize.ofMegabytes(1),
                1,
                BuildSettings.Runner.LOCAL);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        caches = new Caches(
                new Folders(new PlatformSettings(URI.create("http://localhost"), null, null, state, "test"), settings),
                settings,
                clock);
        logs = new BuildLogs(state.resolve("build-logs"), 1000, new Signals());
        oldLogs = new OldLogs(logs, settings, clock);
    }

    @Test
    void theCacheThatWasUsedLeastRecentlyGoesFirst() throws IOException {
        Path first = cache(100, Duration.ofHours(3));
        Path second = cache(100, Duration.ofHours(2));
        Path third = cache(100, Duration.ofHours(1));
        caches.prune();
        assertThat(first).doesNotExist();
        assertThat(second).exists();

        UUID component = UUID.fromString(second.getFileName().toString());
        caches.use(component).close();
        Path fourth = cache(100, Duration.ofMinutes(1));
        caches.prune();

        assertThat(third).doesNotExist();
        assertThat(second).as("used again meanwhile").exists();
        assertThat(fourth).exists();
        try (var left = Files.list(state.resolve("cache"))) {
            assertThat(left).containsExactlyInAnyOrder(second, fourth);
        }
    }

    @Test
    void aCacheThatABuildWorksWithStaysAndGoesAfterwards() throws IOException {
        Path large = cache(1000, Duration.ofDays(3));
        UUID component = UUID.fromString(large.getFileName().toString());
        try (Caches.Use use = caches.use(component)) {
            caches.prune();
            assertThat(use.folder()).isEqualTo(large).isDirectoryRecursivelyContaining("glob:**/file");
        }
        caches.prune();
        assertThat(large).doesNotExist();
    }

    @Test
    void whatACutShortLookOrABuildLockedAwayGoesToo() throws IOException {
        Path left = Files.createDirectories(state.resolve("cache/.leaving-1/sub"));
        Files.writeString(left.resolve("file"), "x".repeat(10));
        Path locked = cache(1000, Duration.ofDays(3));
        Files.setPosixFilePermissions(locked.resolve("sub"), PosixFilePermissions.fromString("r-x------"));

        caches.prune();

        assertThat(state.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void oldLogsGoAndThenTheOldestUntilTheRestFits() throws IOException {
        UUID component = UUID.randomUUID();
        UUID ancient = log(component, 10, Duration.ofDays(31));
        UUID old = log(component, 60, Duration.ofDays(3));
        UUID recent = log(component, 60, Duration.ofDays(2));
        UUID young = log(component, 60, Duration.ofMinutes(5));

        oldLogs.prune();

        assertThat(logs.has(component, ancient)).isFalse();
        assertThat(logs.has(component, old)).isFalse();
        assertThat(logs.has(component, recent)).isFalse();
        assertThat(logs.has(component, young)).as("its build may be under way").isTrue();
    }

    private Path cache(int bytes, Duration age) throws IOException {
        Path folder = state.resolve("cache").resolve(UUID.randomUUID().toString());
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/file"), "x".repeat(bytes));
        Files.setLastModifiedTime(folder, FileTime.from(NOW.minus(age)));
        return folder;
    }

    private UUID log(UUID component, int bytes, Duration age) throws IOException {
        UUID build = UUID.randomUUID();
        try (BuildLog log = logs.open(component, build)) {
            log.line("x".repeat(bytes - 1));
        }
        Files.setLastModifiedTime(
                state.resolve("build-logs").resolve(component.toString()).resolve(build + ".log"),
                FileTime.from(NOW.minus(age)));
        return build;
    }
}
