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

    /** The folder of a name beside the components' caches. */
    Path caches(String name) {
        return caches.resolve(name);
    }

    /** What lies where the components' caches are. */
    List<Path> caches() {
        return list(caches);
    }

    /** Folders of builds that are there now. */
    List<Path> leftBehind() {
        return list(builds);
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
