package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.PlatformSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Where builds work: a folder for each that goes with it, and a cache for each component that stays. */
@Component
class Folders {

    private final Path builds;
    private final Path caches;

    Folders(PlatformSettings platform, BuildSettings settings) {
        this.builds = platform.state().resolve("builds").toAbsolutePath();
        this.caches = Objects.requireNonNullElse(
                        settings.cache(), platform.state().resolve("cache"))
                .toAbsolutePath();
    }

    Path build(UUID id) {
        return builds.resolve(id.toString());
    }

    Path cache(UUID componentId) {
        return caches.resolve(componentId.toString());
    }

    /** Folders of builds that are there now. */
    List<Path> leftBehind() {
        if (!Files.isDirectory(builds)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(builds)) {
            return folders.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
