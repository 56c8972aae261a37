package dev.cytoplane.gateway.configuration;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.gateway.snapshot.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the folder: at once where the file system tells of changes, and twice a second in any case, since it tells
 * nothing of nested folders and mounts. A changed certificate counts as a change like the configuration itself.
 */
public final class ConfigurationWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final long POLL_MILLIS = 500;

    private final ConfigurationFolder folder;
    private final LastGood lastGood;
    private final Activation activation;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable Source seen;
    private @Nullable String refused;
    private List<String> shut = List.of();

    public ConfigurationWatch(Path folder, Path state, Activation activation) {
        this.folder = new ConfigurationFolder(folder);
        this.lastGood = new LastGood(state);
        this.activation = activation;
        this.thread = Thread.ofPlatform().name("configuration").unstarted(this::watch);
    }

    /** Applies what is there, or else the last good copy, and then follows changes. */
    public void start() {
        try {
            folder.forgetApplied();
        } catch (IOException e) {
            log.warn("An old applied.json cannot be removed", e);
        }
        look();
        if (seen == null) {
            Optional<Source> kept = lastGood.read();
            kept.ifPresent(this::restore);
        }
        thread.start();
    }

    private void restore(Source kept) {
        try {
            shut = activation.apply(kept);
            log.warn(
                    "In force: the last good configuration, generation {}",
                    kept.configuration().generation());
        } catch (InvalidConfiguration e) {
            log.error("The last good configuration cannot be applied: {}", e.reason());
        }
    }

    private void watch() {
        try (WatchService service = folder.path().getFileSystem().newWatchService()) {
            WatchKey key = null;
            while (!closed) {
                if (key == null || !key.isValid()) {
                    key = register(service);
                }
                WatchKey changed = service.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (changed != null) {
                    changed.pollEvents();
                    changed.reset();
                }
                look();
                retryPorts();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            log.debug("No longer following the configuration");
        } catch (IOException e) {
            log.error("The configuration's folder cannot be followed", e);
        }
    }

    private @Nullable WatchKey register(WatchService service) {
        try {
            return folder.path()
                    .register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException e) {
            return null;
        }
    }

    /** One look: does nothing unless something changed since the last. */
    private void look() {
        try {
            Source found = folder.read();
            if (found.equals(seen)) {
                return;
            }
            shut = activation.apply(found);
            seen = found;
            refused = null;
            log.info("In force: generation {}", found.configuration().generation());
            lastGood.keep(found);
            tell(found.configuration().generation());
        } catch (InvalidConfiguration e) {
            refuse(e.reason());
        } catch (IOException e) {
            log.error("The last good copy or applied.json cannot be written", e);
        } catch (RuntimeException e) {
            log.error("The configuration cannot be applied", e);
            refuse(String.valueOf(e));
        }
    }

    private void refuse(String reason) {
        long generation = folder.generation();
        String what = generation + ": " + reason;
        if (what.equals(refused)) {
            return;
        }
        refused = what;
        log.error("Not in force: generation {}", what);
        try {
            folder.tell(new Applied(generation, reason));
        } catch (IOException e) {
            log.error("applied.json cannot be written", e);
        }
    }

    private void retryPorts() {
        if (shut.isEmpty()) {
            return;
        }
        List<String> before = shut;
        shut = activation.openAgain();
        if (!shut.equals(before) && seen != null && refused == null) {
            try {
                tell(seen.configuration().generation());
            } catch (IOException e) {
                log.error("applied.json cannot be written", e);
            }
        }
    }

    private void tell(long generation) throws IOException {
        folder.tell(new Applied(generation, shut.isEmpty() ? null : String.join("; ", shut)));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
