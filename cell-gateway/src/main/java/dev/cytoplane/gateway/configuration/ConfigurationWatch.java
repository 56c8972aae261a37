package dev.cytoplane.gateway.configuration;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Refused;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Shut;
import dev.cytoplane.gateway.configuration.ConfigurationFolder.Found;
import dev.cytoplane.gateway.snapshot.InvalidConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private final WatchService service;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable Source seen;
    private @Nullable Source tried;
    private @Nullable Applied refused;
    private List<Shut> shut = List.of();
    private final boolean apart;
    /** What is in force, where each cell stands for itself, and whose newest part is not. */
    private @Nullable Source inForce;

    private List<Refused> leftOut = List.of();

    /**
     * @param applied the file that says what the gateway made of the newest configuration
     * @param apart whether each cell stands for itself
     */
    public ConfigurationWatch(Path folder, Path applied, Path state, Activation activation, boolean apart) {
        this.folder = new ConfigurationFolder(folder, applied, apart);
        this.apart = apart;
        this.lastGood = new LastGood(state);
        this.activation = activation;
        try {
            this.service = folder.getFileSystem().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration's folder cannot be followed", e);
        }
        this.thread = Thread.ofPlatform().name("configuration").unstarted(this::watch);
    }

    /** Applies what is there, or else the last good copy, and then follows changes. */
    public void start() {
        try {
            folder.forgetApplied();
        } catch (IOException e) {
            log.warn("An old applied.json cannot be removed", e);
        }
        if (apart) {
            inForce = lastGood.read().orElse(null);
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
        try {
            WatchKey key = null;
            while (!closed) {
                if (key == null || !key.isValid()) {
                    key = register();
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
        }
    }

    private @Nullable WatchKey register() {
        try {
            return folder.path()
                    .register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException e) {
            return null;
        }
    }

    /** One look: does nothing unless something changed since the last. */
    private void look() {
        switch (folder.read()) {
            case Found.Broken broken -> {
                tried = null;
                refuse(broken.generation(), broken.reason());
            }
            case Found.Whole(Source source)
            when source.equals(seen) -> {
                if (refused != null) {
                    refused = null;
                    tell(source.configuration().generation());
                }
            }
            case Found.Whole(Source source) when source.equals(tried) -> {
                // It was refused, and nothing changed since.
            }
            case Found.Whole(Source source) -> apply(source);
        }
    }

    private void apply(Source source) {
        tried = source;
        long generation = source.configuration().generation();
        Source effective = source;
        List<Refused> without = List.of();
        try {
            if (apart) {
                Apart.Settled settled = Apart.settle(source, inForce);
                effective = settled.effective();
                without = settled.refused();
            }
            shut = activation.apply(effective);
        } catch (InvalidConfiguration e) {
            refuse(generation, e.reason());
            return;
        } catch (RuntimeException e) {
            log.error("The configuration cannot be applied", e);
            refuse(generation, String.valueOf(e));
            return;
        }
        seen = source;
        refused = null;
        inForce = effective;
        leftOut = without;
        log.info("In force: generation {}", generation);
        leftOut.forEach(cell -> log.error("Not in force of generation {}: {}", generation, cell.reason()));
        try {
            lastGood.keep(effective);
        } catch (IOException e) {
            log.error("The last good copy cannot be written", e);
        }
        tell(generation);
    }

    private void refuse(long generation, String reason) {
        Applied refusal = new Applied(generation, reason, List.of());
        if (refusal.equals(refused)) {
            return;
        }
        refused = refusal;
        log.error("Not in force: generation {}: {}", generation, reason);
        tell(refusal);
    }

    private void retryPorts() {
        if (shut.isEmpty()) {
            return;
        }
        List<Shut> before = shut;
        shut = activation.openAgain();
        if (!shut.equals(before) && seen != null && refused == null) {
            tell(seen.configuration().generation());
        }
    }

    private void tell(long generation) {
        tell(new Applied(generation, null, shut, leftOut));
    }

    private void tell(Applied applied) {
        try {
            folder.tell(applied);
        } catch (IOException e) {
            log.error("applied.json cannot be written", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            service.close();
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (IOException e) {
            log.warn("The folder is still followed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
