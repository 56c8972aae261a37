package dev.cytoplane.controlplane.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.Repository;

/** Ends a fetch that is cancelled or has grown too large; JGit asks it while it works. */
final class FetchWatch extends EmptyProgressMonitor {

    private static final int STEPS_BETWEEN_LOOKS = 512;

    private final Path packs;
    private final long limit;
    private final BooleanSupplier cancelled;
    private int steps;

    FetchWatch(Repository repository, long limit, BooleanSupplier cancelled) {
        this.packs = repository.getDirectory().toPath().resolve("objects").resolve("pack");
        this.limit = limit;
        this.cancelled = cancelled;
    }

    @Override
    public void update(int completed) {
        steps++;
    }

    @Override
    public boolean isCancelled() {
        return cancelled.getAsBoolean() || (steps % STEPS_BETWEEN_LOOKS == 1 && isTooLarge());
    }

    private boolean isTooLarge() {
        if (!Files.isDirectory(packs)) {
            return false;
        }
        try (Stream<Path> files = Files.list(packs)) {
            return files.mapToLong(FetchWatch::size).sum() > limit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // Renamed in this moment.
        }
    }
}
