package dev.cytoplane.controlplane.build;

import dev.cytoplane.builder.FileTree;
import dev.cytoplane.controlplane.build.Keeping.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The components' caches: whole ones go, the least recently used first, when all together are over their limit. One that
 * a build works with stays. Between two looks they may grow past it.
 */
@Component
class Caches {

    private static final Logger LOG = LoggerFactory.getLogger(Caches.class);
    private static final String LEAVING = ".leaving-";

    private final Folders folders;
    private final BuildSettings settings;
    private final Clock clock;
    private final Set<UUID> inUse = new HashSet<>();

    Caches(Folders folders, BuildSettings settings, Clock clock) {
        this.folders = folders;
        this.settings = settings;
        this.clock = clock;
    }

    /** A build's use of its component's cache, to its close. */
    final class Use implements AutoCloseable {

        private final UUID component;

        private Use(UUID component) {
            this.component = component;
        }

        Path folder() {
            return folders.cache(component);
        }

        @Override
        public void close() {
            synchronized (Caches.this) {
                inUse.remove(component);
            }
        }
    }

    /** One build of a component runs at a time, so its cache has one user. */
    Use use(UUID component) {
        synchronized (this) {
            inUse.add(component);
        }
        try {
            Path folder = Files.createDirectories(folders.cache(component));
            Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw new UncheckedIOException("The component's cache cannot be used", e);
        }
        return new Use(component);
    }

    void delete(UUID component) throws IOException {
        FileTree.delete(folders.cache(component));
    }

    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT10M")
    void prune() {
        List<Item> caches = new ArrayList<>();
        for (Path folder : folders.caches()) {
            String name = folder.getFileName().toString();
            if (name.startsWith(LEAVING)) {
                // Of a look that was cut short.
                delete(folder);
            } else if (Files.isDirectory(folder)) {
                caches.add(new Item(folder, FileTree.size(folder), lastUse(folder)));
            }
        }
        for (Item item : Keeping.leaving(caches, settings.cacheLimit().toBytes(), Instant.MIN)) {
            Path taken = folders.caches(LEAVING + UUID.randomUUID());
            if (take(item.path(), taken)) {
                LOG.info("The cache {} goes: all together are over cytoplane.build.cache-limit", item.path());
                delete(taken);
            }
        }
    }

    /** Out of the way at once; deleting it may take long. */
    private synchronized boolean take(Path folder, Path taken) {
        if (inUse.stream().anyMatch(component -> folders.cache(component).equals(folder))) {
            return false;
        }
        try {
            Files.move(folder, taken);
            return true;
        } catch (IOException e) {
            LOG.warn("The cache {} cannot be removed: {}", folder, e.toString());
            return false;
        }
    }

    private static Instant lastUse(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private static void delete(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            LOG.warn("The cache {} cannot be deleted: {}", folder, e.toString());
        }
    }
}
